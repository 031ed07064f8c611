import { keepableTexts, unkeepableTexts } from './hostile-texts.ts'
import { otherKinds, rawNumbers } from './hostile-values.ts'
import type { Random } from './random.ts'

export type Schema = Record<string, unknown>

/** A number written as it stands: JSON knows more of them than JavaScript. */
export class RawNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Values that fit a field of this name, most of them of things that exist. */
export type KnownValues = (name: string, random: Random) => unknown

const num = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

const fittingText = (schema: Schema, random: Random): string => {
  const shortest = num(schema.minLength, 0)
  const longest = num(schema.maxLength, 40)
  const unit = random.pick(['a', '人', '𬱖', ' ', '%', "'", '\\', '1'])
  const length = random.pick([shortest, longest, Math.min(longest, Math.max(shortest, 8))])
  return unit.repeat(length)
}

const fittingNumber = (schema: Schema, random: Random): number => {
  const low = num(schema.minimum, 0)
  const high = num(schema.maximum, 100)
  const at = random.pick([low, high, low + (high - low) * random.next()])
  return schema.type === 'integer' ? Math.round(at) : at
}

/** A value that the schema admits, as far as it can be said without trying. */
export const fittingValue = (schema: Schema, name: string, known: KnownValues, random: Random): unknown => {
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return random.pick(schema.enum as unknown[])
  const alternatives = schema.anyOf as Schema[] | undefined
  if (alternatives) return fittingValue(random.pick(alternatives), name, known, random)
  if (schema.properties) {
    const required = new Set((schema.required as string[] | undefined) ?? [])
    const fields = Object.entries(schema.properties as Record<string, Schema>)
    return Object.fromEntries(
      fields
        .filter(([key]) => required.has(key) || random.chance(0.5))
        .map(([key, child]) => [key, fittingValue(child, key, known, random)]),
    )
  }
  if (schema.items) {
    const most = Math.min(num(schema.maxItems, 3), 3)
    const count = Math.max(num(schema.minItems, 0), random.below(most + 1))
    return Array.from({ length: count }, () =>
      fittingValue(schema.items as Schema, name.replace(/s$/, ''), known, random),
    )
  }
  const usual = known(name, random)
  if (usual !== undefined && random.chance(0.9)) return usual
  if (schema.type === 'boolean') return random.chance(0.5)
  if (schema.type === 'integer' || schema.type === 'number') return fittingNumber(schema, random)
  if (schema.type === 'string') return fittingText(schema, random)
  return usual ?? null
}

/** A value that somebody who means harm would put there. */
export const hostileValue = (schema: Schema | undefined, random: Random): unknown => {
  // A copy: spoiled again, a shared one could end up within itself.
  if (random.chance(0.12)) return structuredClone(random.pick(otherKinds))
  if (schema?.type === 'integer' || schema?.type === 'number') {
    const bounds = [schema.minimum, schema.maximum].filter((bound) => typeof bound === 'number')
    const near = bounds.flatMap((bound) => [String(bound), String(bound - 1), String(bound + 1)])
    return new RawNumber(random.pick([...rawNumbers, ...near]))
  }
  if (schema?.type === 'array' || schema?.items)
    return Array.from({ length: random.pick([0, 1, 200]) }, () =>
      hostileValue(schema.items as Schema, random),
    )
  const longest = num(schema?.maxLength, 60)
  if (random.chance(0.15))
    return random
      .pick(['x', '人', '𬱖', ' ', '\u0000', '👨‍👩‍👧'])
      .repeat(random.pick([longest, longest + 1, 1]))
  return random.pick(random.chance(0.5) ? keepableTexts : unkeepableTexts)
}

interface Place {
  schema: Schema | undefined
  set(value: unknown): void
  remove(): void
}

const placesOf = (value: unknown, schema: Schema | undefined): Place[] => {
  if (Array.isArray(value))
    return value.flatMap((child, index) => [
      {
        schema: schema?.items as Schema,
        set: (next) => void value.splice(index, 1, next),
        remove: () => void value.splice(index, 1),
      },
      ...placesOf(child, schema?.items as Schema),
    ])
  if (typeof value !== 'object' || value === null || value instanceof RawNumber) return []
  const object = value as Record<string, unknown>
  const properties = (schema?.properties ?? {}) as Record<string, Schema>
  return Object.keys({ ...properties, ...object }).flatMap((key) => [
    {
      schema: properties[key],
      set: (next: unknown) =>
        Object.defineProperty(object, key, {
          value: next,
          enumerable: true,
          configurable: true,
          writable: true,
        }),
      remove: () => void delete object[key],
    },
    ...placesOf(object[key], properties[key]),
  ])
}

/** Spoils a value in one place or a few. */
export const spoil = (value: unknown, schema: Schema, random: Random): void => {
  const times = random.pick([1, 1, 1, 2, 3])
  for (let time = 0; time < times; time += 1) {
    const places = placesOf(value, schema)
    if (places.length === 0) return
    const place = random.pick(places)
    if (random.chance(0.08)) place.remove()
    else place.set(hostileValue(place.schema, random))
  }
  if (random.chance(0.05) && typeof value === 'object' && value !== null && !Array.isArray(value))
    Object.defineProperty(
      value,
      random.pick(['__proto__', 'unknown', '\u0000', '', 'constructor', 'a\ud800']),
      { value: hostileValue(undefined, random), enumerable: true },
    )
}

/** JSON with numbers as they stand. */
export const writeJson = (value: unknown): string => {
  if (value instanceof RawNumber) return value.text
  if (Array.isArray(value)) return `[${value.map((each) => writeJson(each)).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => `${JSON.stringify(key)}:${writeJson(each)}`)
      .join(',')}}`
  return JSON.stringify(value) ?? 'null'
}
