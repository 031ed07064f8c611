import { everybody } from '@jiankangbao/contracts/access'
import type { FastifyInstance } from 'fastify'
import { createOpenApi } from './document.ts'
import { toPage } from './page.ts'

/** The interface as it describes itself: for programs at `/openapi.json`, for people at `/openapi`. Written when first asked for. */
export const registerOpenApiRoutes = (app: FastifyInstance): void => {
  let written: { document: string; page: string } | undefined
  const read = () => {
    if (!written) {
      const document = createOpenApi()
      written = { document: JSON.stringify(document), page: toPage(document) }
    }
    return written
  }
  const config = { access: everybody }
  app.get('/openapi.json', { config }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(read().document),
  )
  app.get('/openapi', { config }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(read().page),
  )
}
