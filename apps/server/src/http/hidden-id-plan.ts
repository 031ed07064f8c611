import type { HiddenIdKind } from '@jiankangbao/contracts/atoms'
import type { FieldError } from '@jiankangbao/contracts/error-codes'
import type { HiddenIds } from '../keys/hidden-ids.ts'

interface Schema {
  'x-id-of'?: HiddenIdKind
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
}

/** Where the ids of a schema stand: found once, when a route is made. */
interface Places {
  kind?: HiddenIdKind
  properties?: [string, Places][]
  items?: Places
}

/** What a schema's values have hidden ids in; changes them where they stand, leaving the value that was given as it is. */
export interface HiddenIdPlan {
  /** Keys to what clients see. */
  write(value: unknown, ids: HiddenIds): unknown
  /** What clients sent to keys; each that is none is named. */
  read(value: unknown, ids: HiddenIds): { value: unknown; wrong: FieldError[] }
}

const merge = (found: readonly Places[]): Places | undefined => {
  if (found.length < 2) return found[0]
  const kinds = new Set(found.flatMap(({ kind }) => kind ?? []))
  if (kinds.size > 1) throw new Error(`one id of several kinds: ${[...kinds].join()}`)
  const byName = new Map<string, Places[]>()
  for (const [name, places] of found.flatMap(({ properties = [] }) => properties))
    byName.set(name, [...(byName.get(name) ?? []), places])
  const [kind] = kinds
  const items = merge(found.flatMap((places) => places.items ?? []))
  return {
    ...(kind ? { kind } : {}),
    ...(byName.size > 0
      ? { properties: [...byName].map(([name, places]) => [name, merge(places) as Places]) }
      : {}),
    ...(items ? { items } : {}),
  }
}

const find = (schema: Schema): Places | undefined => {
  if (schema['x-id-of']) return { kind: schema['x-id-of'] }
  const alternatives = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]
  const items = schema.items && find(schema.items)
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, child]): [string, Places][] => {
    const places = find(child)
    return places ? [[name, places]] : []
  })
  const own: Places[] = [
    ...(items ? [{ items }] : []),
    ...(properties.length > 0 ? [{ properties }] : []),
    ...alternatives.flatMap((each) => find(each) ?? []),
  ]
  return merge(own)
}

type Change = (kind: HiddenIdKind, text: string, at: string) => string

const apply = (value: unknown, places: Places, change: Change, at: string): unknown => {
  if (typeof value === 'string') return places.kind ? change(places.kind, value, at) : value
  if (typeof value !== 'object' || value === null) return value
  const inside = (name: string | number) => (at === '' ? String(name) : `${at}.${name}`)
  const { items, properties } = places
  if (Array.isArray(value))
    return items ? value.map((each, index) => apply(each, items, change, inside(index))) : value
  if (!properties) return value
  const changed: Record<string, unknown> = { ...value }
  for (const [name, child] of properties)
    if (Object.hasOwn(changed, name)) changed[name] = apply(changed[name], child, change, inside(name))
  return changed
}

/** The plan of a schema; undefined where it has no hidden ids, which costs nothing then. */
export const planHiddenIds = (schema: unknown): HiddenIdPlan | undefined => {
  const places = schema ? find(schema as Schema) : undefined
  if (!places) return undefined
  return {
    write: (value, ids) => apply(value, places, (kind, text) => ids.write(kind, text), ''),
    read: (value, ids) => {
      const wrong: FieldError[] = []
      const read = apply(
        value,
        places,
        (kind, text, field) => {
          const key = ids.read(kind, text)
          if (key === undefined) wrong.push({ field, reason: 'format' })
          return key ?? text
        },
        '',
      )
      return { value: read, wrong }
    },
  }
}
