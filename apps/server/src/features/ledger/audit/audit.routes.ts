import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { AuditListService } from './audit-list.service.ts'
import type { VerificationService } from './verification.service.ts'

export const registerAuditRoutes = (
  app: FastifyInstance,
  entries: AuditListService,
  verifications: VerificationService,
): void => {
  defineRoute(app, 'listAuditEntries', ({ query }) => entries.listAuditEntries(query))
  defineRoute(app, 'searchAuditPerson', ({ caller, body }) => entries.searchAuditPerson(caller, body))
  defineRoute(app, 'exportAuditEntries', async ({ caller, body, reply }) => {
    const lines = await entries.exportAuditEntries(caller, body)
    reply.header('content-type', 'text/csv; charset=utf-8')
    reply.header('content-disposition', 'attachment; filename="audit.csv"')
    // A stream goes out as it is; the contract calls it text.
    return lines as unknown as string
  })
  defineRoute(app, 'getAuditStatus', () => verifications.getAuditStatus())
  defineRoute(app, 'verifyAuditLog', ({ caller, body }) =>
    verifications.verifyAuditLog(caller, body.requestId),
  )
  defineRoute(app, 'listAuditKeys', async () => verifications.listAuditKeys())
  defineRoute(app, 'getAuditHead', () => verifications.getAuditHead())
}
