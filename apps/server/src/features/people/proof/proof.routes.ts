import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import { createProofDeskService } from './proof-desk.service.ts'
import { createSignInProofService, type ProofParts } from './sign-in-proof.service.ts'

/** The second proof of a sign-in on a new device. */
export const registerProofRoutes = (app: FastifyInstance, parts: ProofParts): void => {
  const proofs = createSignInProofService(parts)
  const desk = createProofDeskService(parts)
  defineRoute(app, 'getSignInProof', ({ caller }) => proofs.getSignInProof(caller))
  defineRoute(app, 'askOwnDevice', ({ caller }) => proofs.askOwnDevice(caller))
  defineRoute(app, 'proveByFace', ({ caller, body }) => proofs.proveByFace(caller, body))
  defineRoute(app, 'listSignInRequests', ({ caller }) => proofs.listSignInRequests(caller))
  defineRoute(app, 'answerSignInRequest', ({ caller, params, body }) =>
    proofs.answerSignInRequest(caller, params.proofId, body.answer),
  )
  defineRoute(app, 'proveSignIn', ({ caller, body }) => desk.proveSignIn(caller, body))
  defineRoute(app, 'listSignInProofs', ({ caller }) => desk.listSignInProofs(caller))
  defineRoute(app, 'decideSignInProof', ({ caller, params, body }) =>
    desk.decideSignInProof(caller, params.proofId, body),
  )
}
