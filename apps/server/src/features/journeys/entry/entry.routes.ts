import type { FastifyInstance } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import { toPageQuery } from '../../../http/paging.ts'
import type { EntryService } from './entry.service.ts'
import type { EntryOfficeService } from './office.service.ts'

export const registerEntryRoutes = (
  app: FastifyInstance,
  entries: EntryService,
  office: EntryOfficeService,
): void => {
  defineRoute(app, 'submitEntry', ({ caller, body }) => entries.submitEntry(caller, body))
  defineRoute(app, 'listMyEntries', ({ caller, query }) => entries.listMyEntries(caller, toPageQuery(query)))
  defineRoute(app, 'getMyEntry', ({ caller, params }) => entries.getMyEntry(caller, params.entryId))
  defineRoute(app, 'cancelEntry', ({ caller, params }) => entries.cancelEntry(caller, params.entryId))
  defineRoute(app, 'listEntries', ({ caller, query }) => office.listEntries(caller, query))
  defineRoute(app, 'getEntryFigures', ({ caller, query }) =>
    office.getEntryFigures(caller, query.divisionCode),
  )
  defineRoute(app, 'getEntry', ({ caller, params }) => office.getEntry(caller, params.entryId))
  defineRoute(app, 'revealEntryPhone', ({ caller, params, body }) =>
    office.revealEntryPhone(caller, params.entryId, body.purpose),
  )
  defineRoute(app, 'receiveEntry', ({ caller, params, body }) =>
    office.receiveEntry(caller, params.entryId, body.note),
  )
  defineRoute(app, 'closeEntry', ({ caller, params, body }) =>
    office.closeEntry(caller, params.entryId, body.note),
  )
  defineRoute(app, 'noteEntryFollowUp', ({ caller, params, body }) =>
    office.noteFollowUp(caller, params.entryId, body),
  )
  defineRoute(app, 'searchEntries', ({ caller, body }) => office.searchEntries(caller, body))
  defineRoute(app, 'printEntryDaySheet', ({ caller, body }) => office.printEntryDaySheet(caller, body))
  defineRoute(app, 'exportEntries', async ({ caller, body, reply }) => {
    reply.header('content-type', 'text/csv; charset=utf-8')
    reply.header('content-disposition', 'attachment; filename="entries.csv"')
    return office.exportEntries(caller, body)
  })
}
