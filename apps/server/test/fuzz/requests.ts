import { everybody } from '@jiankangbao/contracts/access'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { schemas } from '@jiankangbao/contracts/schemas'
import { jpeg, makeResidentId, multipartOf } from '../factories.ts'
import { type CallerKind, type Callers, isAllowed } from './callers.ts'
import { keepableTexts, unkeepableTexts } from './hostile-texts.ts'
import { contentTypes, methods, pathPieces, rawBodies, strangeHeaders, strayPaths } from './hostile-values.ts'
import type { Random } from './random.ts'
import {
  fittingValue,
  hostileValue,
  type KnownValues,
  RawNumber,
  type Schema,
  spoil,
  writeJson,
} from './schema-values.ts'

export interface FuzzInput {
  operation: OperationName | 'stray'
  caller: CallerKind
  /** Whether the caller may call it: a 401 then means that their session ended. */
  allowed: boolean
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer | undefined
}

const names = Object.keys(operations) as OperationName[]
/** Passwords are hashed, which takes a quarter of a second of a processor, and exports read everything: asked for less often. */
const slow = new Set<OperationName>([
  'operatorSignIn',
  'createOperator',
  'resetOperator',
  'changeOwnPassword',
  'exportAuditEntries',
  'exportEntries',
])
const shared: OperationName[] = ['recordVisit', 'recordCheck', 'getPass']
const partsOf = (name: OperationName) => schemas[name] as { params?: Schema; query?: Schema; body?: Schema }

// A lone half of a pair cannot be written as a percent encoding by JavaScript; as bytes it can (CESU).
const encode = (value: unknown): string => {
  const text =
    value instanceof RawNumber ? value.text : typeof value === 'string' ? value : JSON.stringify(value)
  return [...(text ?? '')]
    .map((character) => {
      const point = character.codePointAt(0) ?? 0
      if (point >= 0xd800 && point <= 0xdfff)
        return `%ED%${(0x80 | ((point >> 6) & 0x3f)).toString(16)}%${(0x80 | (point & 0x3f)).toString(16)}`
      return encodeURIComponent(character)
    })
    .join('')
}

const pathOf = (name: OperationName, known: KnownValues, random: Random, harm: boolean): string => {
  const schema = partsOf(name).params?.properties as Record<string, Schema> | undefined
  return operations[name].path.replaceAll(/:([a-zA-Z]+)/g, (_match, parameter: string) => {
    const child = schema?.[parameter] ?? {}
    if (harm && random.chance(0.7))
      return random.chance(0.4) ? random.pick(pathPieces) : encode(hostileValue(child, random))
    return encode(fittingValue(child, parameter, known, random))
  })
}

const queryOf = (schema: Schema | undefined, known: KnownValues, random: Random, harm: boolean): string => {
  if (!schema) return harm && random.chance(0.1) ? `?${random.pick(pathPieces)}` : ''
  const fitting = fittingValue(schema, '', known, random) as Record<string, unknown>
  if (harm) spoil(fitting, schema, random)
  const pairs = Object.entries(fitting).map(([key, value]) => `${encode(key)}=${encode(value)}`)
  if (harm && random.chance(0.1))
    pairs.push(random.pick(['%', 'a[b]=1', 'limit=1&limit=2', '=', '&&', 'cursor=%zz', '%00=%00']))
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

const multipartBody = (random: Random) => {
  const text = () => random.pick([...keepableTexts, ...unkeepableTexts]).replaceAll(/[\r\n"]/g, '')
  const part = () => ({
    name: random.chance(0.6) ? 'image' : text(),
    filename: random.chance(0.7) ? random.pick(['face.jpg', text(), '../../x', '']) : '',
    type: random.pick(['image/jpeg', 'image/png', '', 'x']),
    content: random.pick([jpeg, Buffer.alloc(0), Buffer.from('x'), Buffer.from([0, 255, 0])]),
  })
  // Whose face it has to be: without these no picture gets any further.
  const named = [
    { name: 'name', content: '张小明' },
    { name: 'documentType', content: 'resident_id' },
    { name: 'documentNumber', content: makeResidentId() },
  ].map((field) => (random.chance(0.9) ? field : { ...field, content: text() }))
  const parts = [
    ...(random.chance(0.8) ? named : []),
    ...Array.from({ length: random.pick([0, 1, 1, 1, 2, 8]) }, part),
  ]
  const { payload, headers } = multipartOf(parts)
  return {
    headers,
    body: random.chance(0.15) ? payload.subarray(0, random.below(payload.length + 1)) : payload,
  }
}

const jsonBody = (
  schema: Schema | undefined,
  known: KnownValues,
  random: Random,
  harm: boolean,
): Buffer | undefined => {
  if (!schema) return harm && random.chance(0.3) ? Buffer.from(random.pick(rawBodies)) : undefined
  if (harm && random.chance(0.06)) return Buffer.from(random.pick(rawBodies))
  const fitting = fittingValue(schema, '', known, random)
  if (harm) spoil(fitting, schema, random)
  const text = writeJson(fitting)
  return Buffer.from(harm && random.chance(0.02) ? text.slice(0, random.below(text.length)) : text)
}

/** One request, most of them of somebody who may make it, right but for one place. */
export const makeInput = (callers: Callers, known: KnownValues, random: Random): FuzzInput => {
  if (random.chance(0.04)) return strayInput(callers, random)
  // Those whose statements are shared with other people more often.
  const drawn = random.pick(random.chance(0.06) ? shared : names)
  const operation = slow.has(drawn) && random.chance(0.95) ? random.pick(names) : drawn
  const { method, access } = operations[operation]
  const parts = partsOf(operation)
  const caller = callers.choose(access, random)
  const harm = random.chance(0.85)
  // Where there are several, one of path, query and body is spoiled.
  const places = [parts.params && 'path', 'query', (parts.body || method !== 'GET') && 'body'].filter(Boolean)
  const spoiled = harm ? random.pick(places) : undefined
  const headers = { ...callers.headersOf(caller) }
  let body: Buffer | undefined
  if (operation === 'createFaceCheck') {
    const multipart = multipartBody(random)
    Object.assign(headers, multipart.headers)
    body = multipart.body
  } else {
    body = jsonBody(parts.body, known, random, spoiled === 'body')
    if (body) headers['content-type'] = 'application/json'
  }
  if (random.chance(0.03)) headers['content-type'] = random.pick(contentTypes)
  if (random.chance(0.05)) {
    const [name, value] = random.pick(strangeHeaders)
    headers[name] = value
  }
  return {
    operation,
    caller,
    allowed: isAllowed(access, caller),
    method,
    path:
      pathOf(operation, known, random, spoiled === 'path') +
      queryOf(parts.query, known, random, spoiled === 'query'),
    headers,
    body,
  }
}

const strayInput = (callers: Callers, random: Random): FuzzInput => {
  const caller = random.chance(0.5) ? 'nobody' : callers.choose(everybody, random)
  const [name, value] = random.pick(strangeHeaders)
  return {
    operation: 'stray',
    caller,
    allowed: false,
    method: random.pick(methods),
    path: random.chance(0.7)
      ? random.pick(strayPaths)
      : `/${random.pick(pathPieces)}/${random.pick(pathPieces)}`,
    headers: {
      ...callers.headersOf(caller),
      accept: random.pick(['*/*', 'text/html', 'application/json']),
      ...(random.chance(0.4) && { [name]: value }),
    },
    body: undefined,
  }
}
