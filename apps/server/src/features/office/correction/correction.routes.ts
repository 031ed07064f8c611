import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import { createIdentityChangeService } from '../../people/same-person/change.service.ts'
import { createCorrectionService } from './correction.service.ts'

/** Data of a person put right; a second person decides where all changes of identity are decided. */
export const registerCorrections = (app: FastifyInstance, parts: Parts): void => {
  const corrections = createCorrectionService({ ...parts, changes: createIdentityChangeService(parts) })
  defineRoute(app, 'proposeCorrection', ({ caller, body }) => corrections.proposeCorrection(caller, body))
  defineRoute(app, 'listCorrections', ({ caller, params }) =>
    corrections.listCorrections(caller, params.ticketId),
  )
  defineRoute(app, 'listMyCorrections', ({ caller }) => corrections.listMyCorrections(caller))
}
