import type { HiddenIdKind } from '@jiankangbao/contracts/atoms'
import type { OperationSchemas } from '@jiankangbao/contracts/operation-schemas'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { schemas } from '@jiankangbao/contracts/schemas'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { planHiddenIds } from '../src/http/hidden-id-plan.ts'
import type { HiddenIds } from '../src/keys/hidden-ids.ts'

// Tests name rows by their keys and compare answers with the database. Between them and the server this writes the keys of their
// requests as clients see them, and reads those of answers: an answer with a bare key where the contract hides one fails the test.

const pattern = (path: string) =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/:(\w+)/g, (_, name: string) => `(?<${name}>[^/]+)`)}$`)

const routes = (Object.keys(operations) as OperationName[]).map((name) => {
  const { params, query, body, responses }: OperationSchemas = schemas[name]
  return {
    name,
    method: operations[name].method,
    path: operations[name].path,
    isLiteral: !operations[name].path.includes(':'),
    matches: pattern(operations[name].path),
    params: planHiddenIds(params),
    query: planHiddenIds(query),
    body: planHiddenIds(body),
    responses: new Map(
      Object.entries(responses).map(([status, schema]) => [Number(status), planHiddenIds(schema)]),
    ),
  }
})
type Route = (typeof routes)[number]

const findRoute = (method: string, path: string): Route | undefined => {
  const found = routes.filter((route) => route.method === method && route.matches.test(path))
  return found.find(({ isLiteral }) => isLiteral) ?? found[0]
}

/** Keys as clients see them; anything else, what a test made up, stays. */
const writing = (ids: HiddenIds): HiddenIds => ({
  write: (kind: HiddenIdKind, key: string) => {
    try {
      return ids.write(kind, key)
    } catch {
      return key
    }
  },
  read: ids.read,
})

const writeUrl = (route: Route, url: string, ids: HiddenIds): string => {
  const [path = '', search] = url.split('?')
  const groups = { ...path.match(route.matches)?.groups }
  const params = route.params?.write(groups, ids) as Record<string, string> | undefined
  const written = params ? route.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '') : path
  if (search === undefined) return written
  if (!route.query) return `${written}?${search}`
  const query = route.query.write(Object.fromEntries(new URLSearchParams(search)), ids)
  return `${written}?${new URLSearchParams(query as Record<string, string>)}`
}

const readAnswer = (route: Route, status: number, body: string, ids: HiddenIds): unknown => {
  const plan = route.responses.get(status)
  if (!plan || body === '') return undefined
  const { value, wrong } = plan.read(JSON.parse(body), ids)
  if (wrong.length > 0) throw new Error(`${route.name} shows bare keys: ${JSON.stringify(wrong)}`)
  return value
}

/** `inject` that takes and gives the keys of rows. */
export const withPlainKeys = (http: FastifyInstance, ids: HiddenIds): FastifyInstance => {
  const inject = async (given: InjectOptions | string) => {
    const options: InjectOptions = typeof given === 'string' ? { url: given } : given
    const { url, payload } = options
    const route =
      typeof url === 'string' ? findRoute(options.method ?? 'GET', url.split('?')[0] ?? '') : undefined
    if (!route || typeof url !== 'string') return http.inject(options)
    const isJson = typeof payload === 'object' && !Buffer.isBuffer(payload) && !('pipe' in payload)
    const answer = await http.inject({
      ...options,
      url: writeUrl(route, url, writing(ids)),
      ...(isJson && route.body ? { payload: route.body.write(payload, writing(ids)) as object } : {}),
    })
    if (!String(answer.headers['content-type']).startsWith('application/json')) return answer
    const read = readAnswer(route, answer.statusCode, answer.body, ids)
    if (read === undefined) return answer
    const body = JSON.stringify(read)
    return Object.assign(Object.create(answer), { body, payload: body, json: () => JSON.parse(body) })
  }
  return new Proxy(http, {
    get: (target, name) => {
      const value = name === 'inject' ? inject : Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
