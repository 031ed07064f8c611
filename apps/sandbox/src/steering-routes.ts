import type { FastifyInstance } from 'fastify'
import type { Provider } from './provider.ts'

/**
 * `GET /steering` tells every provider's state, `PUT` changes the fields it is given (all or nothing; lists and maps
 * are replaced whole), `DELETE` returns to the start. What GET answers may be PUT back.
 */
export function steeringRoutes(app: FastifyInstance, providers: readonly Provider[]): void {
  const changeSchema = {
    type: 'object',
    additionalProperties: false,
    description: 'an object',
    properties: Object.fromEntries(providers.map(({ name, steering }) => [name, steering.schema])),
  }
  const readState = () => Object.fromEntries(providers.map(({ name, steering }) => [name, steering.current]))

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  app.get('/steering', async () => readState())
  app.put<{ Body: Record<string, object> }>(
    '/steering',
    { schema: { body: changeSchema } },
    async ({ body }) => {
      for (const { name, steering } of providers) steering.change(body[name] ?? {})
      return readState()
    },
  )
  app.delete('/steering', async () => {
    for (const { steering } of providers) steering.reset()
    return readState()
  })
  app.get('/activity', async () =>
    Object.fromEntries(providers.map(({ name, activity }) => [name, activity()])),
  )
}
