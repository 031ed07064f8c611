import { authorities, proposalReaders, proposers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listProposals: operation('GET', '/api/v1/operator/proposals', proposalReaders),
  getProposal: operation('GET', '/api/v1/operator/proposals/:proposalId', proposalReaders),
  decideProposal: operation('POST', '/api/v1/operator/proposals/:proposalId/decision', authorities),
  withdrawProposal: operation('POST', '/api/v1/operator/proposals/:proposalId/withdrawal', proposers),
}
