import { isInstantMs, isLine } from '@jiankangbao/domain/bounds'
import { readDivisionCode } from '@jiankangbao/domain/written/division-code'
import { callProvider, type ProviderAddress } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'

export interface FeedArea {
  /** The feed's own id: the same area keeps it over versions. */
  sourceId: string
  divisionCode: string
  name: string
  level: 'high' | 'medium' | 'low'
  /** Whether it is the whole division or a part of it; undefined where the list does not say. */
  extent: 'whole' | 'part' | undefined
  validFrom: Date
  validTo: Date | undefined
}

/** The list as a whole: an area that is no longer in it is no longer rated. */
export type RiskAreaAnswer =
  | { changed: false }
  | { changed: true; etag: string | undefined; asOf: Date; areas: FeedArea[] }

export interface RiskAreaPort {
  /** The list of risk areas, unless it is still the one of `etag`. @throws ProviderUnavailable */
  fetch(etag: string | undefined): Promise<RiskAreaAnswer>
}

const MOST_AREAS = 20_000
const MOST_BYTES = 8 * 1024 * 1024
const PROVIDER = 'risk_areas'

const instantOf = (value: unknown): Date | undefined => {
  const instant = new Date(typeof value === 'string' ? value : Number.NaN)
  return isInstantMs(instant.getTime()) ? instant : undefined
}

const isLevel = (value: unknown): value is FeedArea['level'] =>
  value === 'high' || value === 'medium' || value === 'low'

const isExtent = (value: unknown): value is FeedArea['extent'] =>
  value === undefined || value === 'whole' || value === 'part'

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most && isLine(value)

const toArea = (value: unknown): FeedArea | undefined => {
  const area = (value ?? {}) as Record<string, unknown>
  const validFrom = instantOf(area.validFrom)
  const validTo = area.validTo === undefined ? undefined : instantOf(area.validTo)
  if (!validFrom || (area.validTo !== undefined && !validTo)) return undefined
  if (!isText(area.id, 64) || !isText(area.name, 200) || !isLevel(area.level)) return undefined
  if (!isExtent(area.extent)) return undefined
  // As a list reads it; some feeds give codes as numbers.
  const divisionCode = readDivisionCode(String(area.divisionCode ?? ''))
  if (divisionCode === undefined) return undefined
  return {
    sourceId: area.id,
    divisionCode,
    name: area.name.trim(),
    level: area.level,
    extent: area.extent,
    validFrom,
    validTo,
  }
}

const readList = (body: unknown): { asOf: Date; areas: FeedArea[] } => {
  const { asOf: asOfText, areas } = (body ?? {}) as { asOf?: unknown; areas?: unknown }
  const asOf = instantOf(asOfText)
  const read = Array.isArray(areas) && areas.length <= MOST_AREAS ? areas.map(toArea) : undefined
  const known = read?.filter((area) => area !== undefined)
  const ids = new Set(known?.map((area) => area.sourceId))
  // One bad line makes the whole list bad: taking the rest would lift the areas that could not be read.
  if (!asOf || !known || known.length !== read?.length || ids.size !== known.length)
    throw new Error('answered with a list that can not be read')
  return { asOf, areas: known }
}

/** The feed of risk areas over HTTP: `GET /risk-areas` with a bearer token and `If-None-Match`. */
export const createRiskAreaPort = (
  policies: ProviderPolicies,
  { url, token, timeoutMs }: ProviderAddress & { timeoutMs: number },
): RiskAreaPort => ({
  fetch: (etag) =>
    callProvider<RiskAreaAnswer>(policies, {
      provider: PROVIDER,
      address: { url },
      path: '/risk-areas',
      method: 'GET',
      timeoutMs,
      idempotent: true,
      maxAnswerBytes: MOST_BYTES,
      request: () => ({
        headers: { authorization: `Bearer ${token}`, ...(etag ? { 'if-none-match': etag } : {}) },
      }),
      read: (answer) =>
        answer.status === 304
          ? { changed: false }
          : { changed: true, etag: answer.etag, ...readList(answer.body) },
    }),
})
