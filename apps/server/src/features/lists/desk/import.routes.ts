import type { FastifyInstance, FastifyReply } from 'fastify'
import { defineRoute } from '../../../http/define-route.ts'
import type { ImportService } from './import.service.ts'

/** A part of 1 MiB as base64 in its JSON. */
const PART_LIMIT = 1_400_000

const asCsv = (reply: FastifyReply, fileName: string): void => {
  reply.header('content-type', 'text/csv; charset=utf-8')
  reply.header('content-disposition', `attachment; filename="${fileName}"`)
}

export const registerImportRoutes = (app: FastifyInstance, service: ImportService): void => {
  defineRoute(app, 'createImport', ({ caller, body }) => service.createImport(caller, body))
  defineRoute(
    app,
    'putImportPart',
    async ({ caller, params, body }) => {
      await service.putImportPart(caller, params.importId, params.part, body.content)
      return null
    },
    { bodyLimit: PART_LIMIT },
  )
  defineRoute(app, 'completeImportUpload', ({ caller, params }) =>
    service.completeImportUpload(caller, params.importId),
  )
  defineRoute(app, 'listImports', ({ caller, query }) => service.listImports(caller, query))
  defineRoute(app, 'getImport', ({ caller, params }) => service.getImport(caller, params.importId))
  defineRoute(app, 'listImportErrors', ({ caller, params }) =>
    service.listImportErrors(caller, params.importId),
  )
  defineRoute(app, 'exportImportErrors', async ({ caller, params, reply }) => {
    const lines = await service.exportImportErrors(caller, params.importId)
    asCsv(reply, 'errors.csv')
    // A stream goes out as it is; the contract calls it text.
    return lines as unknown as string
  })
  defineRoute(app, 'listImportSample', ({ caller, params }) =>
    service.listImportSample(caller, params.importId),
  )
  defineRoute(app, 'recountImport', ({ caller, params }) => service.recountImport(caller, params.importId))
  defineRoute(app, 'cancelImport', ({ caller, params }) => service.cancelImport(caller, params.importId))
  defineRoute(app, 'proposeImport', ({ caller, params, body }) =>
    service.proposeImport(caller, params.importId, body.requestId),
  )
  defineRoute(app, 'proposeImportUndo', ({ caller, params, body }) =>
    service.proposeImportUndo(caller, params.importId, body),
  )
  defineRoute(app, 'exportImportTemplate', async ({ params, reply }) => {
    asCsv(reply, `${params.kind}.csv`)
    return service.exportImportTemplate(params.kind)
  })
  defineRoute(app, 'listListWords', () => service.listListWords())
  defineRoute(app, 'listLaboratories', ({ caller }) => service.listLaboratories(caller))
}
