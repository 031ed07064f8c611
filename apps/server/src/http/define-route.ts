import type { Access } from '@jiankangbao/contracts/access'
import { ErrorBody } from '@jiankangbao/contracts/atoms'
import type { OperationSchemas } from '@jiankangbao/contracts/operation-schemas'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { type Call, schemas } from '@jiankangbao/contracts/schemas'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HiddenIds } from '../keys/hidden-ids.ts'
import { publicCacheControl } from './caching.ts'
import type { Caller, CallerFor } from './caller.ts'
import { planHiddenIds } from './hidden-id-plan.ts'
import { requireOwnPurpose } from './lookup-purpose.ts'
import { type Priority, priorityOf } from './priorities.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    operation?: OperationName
    priority?: Priority
  }
  interface FastifyInstance {
    hiddenIds: HiddenIds
  }
  interface FastifyRequest {
    caller: Caller
  }
}

/** What a handler gets: validated parts of the request and who asks. */
export interface RouteInput<Name extends OperationName> {
  body: Call<Name>['body']
  params: Call<Name>['params']
  query: Call<Name>['query']
  caller: CallerFor<(typeof operations)[Name]['access']>
  request: FastifyRequest
  reply: FastifyReply
}

/**
 * Binds an operation of the contracts to its handler: path, method, access and schemas come from there. The handler
 * returns the success body; the status is the only success status that the contract lists.
 */
export const defineRoute = <Name extends OperationName>(
  app: FastifyInstance,
  name: Name,
  handler: (input: RouteInput<Name>) => Promise<Call<Name>['result']>,
  options: { bodyLimit?: number } = {},
): void => {
  const { method, path, access } = operations[name]
  const { body, params, query, responses } = schemas[name] as OperationSchemas
  const [successStatus] = Object.keys(responses).map(Number)
  if (successStatus === undefined) throw new Error(`${name} declares no response`)
  const cacheControl = publicCacheControl(name)
  const plan = planHiddenIds(responses[successStatus])
  app.route({
    method,
    url: path,
    ...options,
    config: { access, operation: name, priority: priorityOf(name) },
    schema: {
      ...(body ? { body } : {}),
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      response: { ...responses, '4xx': ErrorBody, '5xx': ErrorBody },
    },
    handler: async (request, reply) => {
      requireOwnPurpose(request.caller, request.body ?? request.query, body ?? query)
      const result = await handler({
        body: request.body as Call<Name>['body'],
        params: request.params as Call<Name>['params'],
        query: request.query as Call<Name>['query'],
        caller: request.caller as RouteInput<Name>['caller'],
        request,
        reply,
      })
      reply.status(successStatus)
      if (cacheControl) reply.header('cache-control', cacheControl)
      if (successStatus === 204) return reply.send()
      return plan ? plan.write(result, app.hiddenIds) : result
    },
  })
}
