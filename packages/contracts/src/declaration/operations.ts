import { citizens, communities, proofReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  declareHealth: operation('POST', '/api/v1/me/health-declarations', citizens),
  declareExposure: operation('POST', '/api/v1/me/exposure-declarations', citizens),
  listMyDeclarations: operation('GET', '/api/v1/me/declarations', citizens),
  getDeclarationProof: operation('GET', '/api/v1/operator/declarations/:declarationId/proof', proofReaders),
  listMatters: operation('GET', '/api/v1/operator/declaration-matters', communities),
  decideMatter: operation('POST', '/api/v1/operator/declaration-matters/:matterId/decision', communities),
}
