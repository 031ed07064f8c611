import { citizens, citizensUnproved, signInProvers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getSignInProof: operation('GET', '/api/v1/me/sign-in-proof', citizensUnproved),
  askOwnDevice: operation('POST', '/api/v1/me/sign-in-proof/device-request', citizensUnproved),
  proveByFace: operation('POST', '/api/v1/me/sign-in-proof/face', citizensUnproved),
  listSignInRequests: operation('GET', '/api/v1/me/sign-in-requests', citizens),
  answerSignInRequest: operation('POST', '/api/v1/me/sign-in-requests/:proofId/answer', citizens),
  proveSignIn: operation('POST', '/api/v1/operator/sign-in-proofs', signInProvers),
  listSignInProofs: operation('GET', '/api/v1/operator/sign-in-proofs', signInProvers),
  decideSignInProof: operation('POST', '/api/v1/operator/sign-in-proofs/:proofId/decision', signInProvers),
}
