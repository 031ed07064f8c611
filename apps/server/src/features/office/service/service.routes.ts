import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { createDirectoryService } from './directory.service.ts'
import { createGrantService } from './grant.service.ts'
import { createServiceReading } from './reading.service.ts'
import { createServiceWriting } from './writing.service.ts'

/** What the city serves: the grid of services, the directory, and what modules of others are handed. */
export const registerServices = (
  app: FastifyInstance,
  parts: Parts & { proposals: ProposalService },
): void => {
  const reading = createServiceReading(parts)
  const writing = createServiceWriting({ ...parts, reading })
  const grants = createGrantService(parts)
  const directory = createDirectoryService(parts)
  defineRoute(app, 'listServices', () => reading.listServices())
  defineRoute(app, 'grantService', ({ caller, params, body }) =>
    grants.grantService(caller, params.key, body),
  )
  defineRoute(app, 'listServiceGrants', ({ caller }) => grants.listServiceGrants(caller))
  defineRoute(app, 'listServiceKeys', () => grants.listServiceKeys())
  defineRoute(app, 'redeemServiceToken', ({ body }) => grants.redeemServiceToken(body))
  defineRoute(app, 'listServiceVersions', () => writing.listServiceVersions())
  defineRoute(app, 'getServiceVersion', ({ params }) => writing.getServiceVersion(params.version))
  defineRoute(app, 'saveServices', ({ caller, body }) => writing.saveServices(caller, body), {
    bodyLimit: 256 * 1024,
  })
  defineRoute(app, 'dropServiceDraft', ({ caller }) => writing.dropServiceDraft(caller))
  defineRoute(app, 'proposeServiceRelease', ({ caller, body }) => writing.proposeServiceRelease(caller, body))
  defineRoute(app, 'stopService', ({ caller, params, body }) =>
    writing.stopService(caller, params.key, body.reason),
  )
  defineRoute(app, 'resumeService', ({ caller, params, body }) =>
    writing.resumeService(caller, params.key, body.reason),
  )
  defineRoute(app, 'listDirectory', ({ query }) => directory.listDirectory(query))
  defineRoute(app, 'listKeptDirectory', ({ caller, query }) => directory.listKeptDirectory(caller, query))
  defineRoute(app, 'addDirectoryPlace', ({ caller, body }) => directory.addDirectoryPlace(caller, body))
  defineRoute(app, 'changeDirectoryPlace', ({ caller, params, body }) =>
    directory.changeDirectoryPlace(caller, params.placeId, body),
  )
}
