import type { Access } from '@jiankangbao/contracts/access'
import { ErrorBody } from '@jiankangbao/contracts/atoms'
import type { OperationSchemas } from '@jiankangbao/contracts/operation-schemas'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { schemas, subjects } from '@jiankangbao/contracts/schemas'
import { operatorCookie } from '../access.ts'
import type { JsonSchema } from './example.ts'
import { createNamedSchemas, type NamedSchemas } from './named-schemas.ts'

export interface Parameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  description?: string
  schema: JsonSchema
}
type Content = Record<string, { schema: JsonSchema }>
export interface Response {
  description: string
  content?: Content
}
export interface OpenApiOperation {
  operationId: OperationName
  summary: string
  tags: [string]
  security: Record<string, readonly string[]>[]
  parameters?: Parameter[]
  requestBody?: { required: true; content: Content }
  responses: Record<string, Response | { $ref: string }>
}

const securitySchemes = {
  citizen: { type: 'http', scheme: 'bearer', description: 'A citizen: access token of `createSession`.' },
  device: { type: 'http', scheme: 'bearer', description: 'A checkpoint phone: token of `registerDevice`.' },
  operator: {
    type: 'apiKey',
    in: 'cookie',
    name: operatorCookie(true),
    description:
      'An operator: cookie of `operatorSignIn`, named `jkb_operator` where the origin is plain HTTP. Beside it stand the roles that are let through.',
  },
  csrf: {
    type: 'apiKey',
    in: 'header',
    name: 'x-csrf-token',
    description: 'With the cookie, in every request but GET: `csrfToken` of `getOperatorMe`.',
  },
  laboratory: { type: 'http', scheme: 'bearer', description: 'A laboratory: the key it was given.' },
  province: { type: 'http', scheme: 'bearer', description: 'The province: the key it was given.' },
} as const

const toSecurity = (access: Access, method: string): OpenApiOperation['security'] => {
  const operator = (roles: readonly string[]) => ({
    operator: roles,
    ...(method === 'GET' ? {} : { csrf: [] }),
  })
  switch (access.kind) {
    case 'public':
      return []
    case 'operator':
      return [operator(access.roles ?? [])]
    case 'device_or_operator':
      return [{ device: [] }, operator(access.roles)]
    case 'partner':
      return [{ [access.partner]: [] }]
    default:
      return [{ [access.kind]: [] }]
  }
}

const toParameters = (
  named: NamedSchemas,
  subject: string,
  place: Parameter['in'],
  schema: unknown,
): Parameter[] => {
  const { properties = {}, required = [] } = (schema ?? {}) as JsonSchema
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(part.description ? { description: part.description } : {}),
    schema: named.describe(part, subject),
  }))
}

const mediaTypeOf = (schema: unknown): string =>
  (schema as { contentMediaType?: string }).contentMediaType ?? 'application/json'

const successes: Record<string, string> = {
  200: 'Done; the answer is in the body.',
  201: 'Made, or made before by the same request.',
  202: 'Accepted; it is under way.',
  204: 'Done; there is nothing to say.',
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

const toRequestBody = (named: NamedSchemas, subject: string, name: OperationName) => {
  const { body, form }: OperationSchemas = schemas[name]
  const content = body ?? form
  if (!content) return {}
  const schema = named.refer(content, subject, `${capital(name)}Request`)
  const mediaType = body ? 'application/json' : 'multipart/form-data'
  return { requestBody: { required: true as const, content: { [mediaType]: { schema } } } }
}

const toResponses = (named: NamedSchemas, subject: string, name: OperationName) =>
  Object.fromEntries(
    Object.entries((schemas[name] as OperationSchemas).responses).map(([status, schema]) => {
      const description = successes[status] ?? 'Done.'
      if (status === '204') return [status, { description }]
      const content = { schema: named.refer(schema, subject, `${capital(name)}Answer`) }
      return [status, { description, content: { [mediaTypeOf(schema)]: content } }]
    }),
  )

const toOperation = (named: NamedSchemas, subject: string, name: OperationName): OpenApiOperation => {
  const { method, access } = operations[name]
  const { summary, params, query }: OperationSchemas = schemas[name]
  const parameters = [
    ...toParameters(named, subject, 'path', params),
    ...toParameters(named, subject, 'query', query),
  ]
  return {
    operationId: name,
    summary,
    tags: [subject],
    security: toSecurity(access, method),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...toRequestBody(named, subject, name),
    responses: {
      ...toResponses(named, subject, name),
      '4XX': { $ref: '#/components/responses/Refused' },
      '5XX': { $ref: '#/components/responses/Failed' },
    },
  }
}

const toErrorResponse = (named: NamedSchemas, description: string) => ({
  description,
  headers: {
    'Retry-After': {
      description: 'Seconds after which trying again makes sense; only where it does.',
      schema: { type: 'integer' },
    },
  },
  content: { 'application/json': { schema: named.describe(ErrorBody, 'atoms') } },
})

/** The whole interface by OpenAPI 3.1, written from the contracts: what they say is what the routes do. */
export const createOpenApi = () => {
  const named = createNamedSchemas()
  const paths: Record<string, Record<string, OpenApiOperation>> = {}
  for (const [subject, { schemas: own }] of Object.entries(subjects))
    for (const name of Object.keys(own) as OperationName[]) {
      const { method, path } = operations[name]
      const at = path.replaceAll(/:(\w+)/g, '{$1}')
      paths[at] = { ...paths[at], [method.toLowerCase()]: toOperation(named, subject, name) }
    }
  const responses = {
    Refused: toErrorResponse(named, 'Refused; `code` says why, `fields` where.'),
    Failed: toErrorResponse(named, 'Not now, or a fault of the server.'),
  }
  return {
    openapi: '3.1.1',
    info: {
      title: '健康宝 Jiankangbao',
      version: '1.0.0',
      summary: 'City health pass: the public interface.',
      description:
        'JSON in and out. Bodies refuse unknown fields. A writing request carries a `requestId`; a repeat gets the first answer.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The server that gave this document.' }],
    tags: Object.entries(subjects).map(([name, { about }]) => ({ name, description: about })),
    paths,
    components: { schemas: named.components, responses, securitySchemes },
  }
}
export type OpenApi = ReturnType<typeof createOpenApi>
