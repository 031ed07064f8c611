import { authorities, proposalReaders, proposers } from '../access.ts'
import { operation } from '../operation.ts'

/** What waits for a second person to decide. */
export const operations = {
  listProposals: operation('GET', '/api/v1/operator/proposals', proposalReaders),
  getProposal: operation('GET', '/api/v1/operator/proposals/:proposalId', proposalReaders),
  decideProposal: operation('POST', '/api/v1/operator/proposals/:proposalId/decision', authorities),
  withdrawProposal: operation('POST', '/api/v1/operator/proposals/:proposalId/withdrawal', proposers),
}
