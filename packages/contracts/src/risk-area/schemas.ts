import {
  FEED_STATES,
  FEED_VERDICTS,
  RISK_AREA_EXTENTS,
  RISK_LEVELS,
} from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { Closed, DivisionCode, Id, Instant, Lines, OneOf, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Risk areas of the national list'

export const RiskLevel = OneOf(RISK_LEVELS)

export const RiskAreaList = Type.Object({
  areas: Type.Array(
    Type.Object({
      divisionCode: Shown('110101'),
      name: Shown('示例街道'),
      level: RiskLevel,
      /** The whole division of the code, or a street or village in it. */
      extent: OneOf(RISK_AREA_EXTENTS),
      validFrom: Instant,
      validTo: Type.Optional(Instant),
      source: Shown('国务院客户端'),
    }),
  ),
  /** What the list itself says it is of. Absent before the first one came. */
  asOf: Type.Optional(Instant),
  /** When it was last compared with the feed. */
  checkedAt: Type.Optional(Instant),
  stale: Type.Boolean(),
})
export type RiskAreaList = Static<typeof RiskAreaList>

/**
 * A version of the feed's list. `held`: it would lift so many areas at once that headquarters decides, or the same list an
 * hour later; `dropped`: refused, or another list came.
 */
export const RiskAreaFeed = Type.Object({
  version: Id,
  state: OneOf(FEED_STATES),
  fetchedAt: Instant,
  checkedAt: Instant,
  asOf: Instant,
  areas: Type.Integer(),
  decidedAt: Type.Optional(Instant),
  /** Display name; absent where no person decided. */
  decidedBy: Type.Optional(Shown('王示例')),
})
export type RiskAreaFeed = Static<typeof RiskAreaFeed>

export const RiskAreaFeeds = Type.Object({ feeds: Type.Array(RiskAreaFeed) })

/**
 * An area of a list or the feed, rated now or soon, whose code is no place known here: it is compared with nothing until a person
 * says which place is meant, or that it concerns nobody here.
 */
export const HeldRiskArea = Type.Object({
  areaId: Id,
  divisionCode: Shown('110101'),
  name: Shown('示例街道'),
  level: RiskLevel,
  source: Shown('国务院客户端'),
  validFrom: Instant,
  validTo: Type.Optional(Instant),
  decided: Type.Optional(
    Type.Object({
      at: Instant,
      by: Shown('王示例'),
      note: Shown('已电话核实'),
      /** The place that is meant; absent where it concerns nobody here. */
      divisionCode: Type.Optional(Shown('110101')),
      placeName: Type.Optional(Shown('示例街道')),
    }),
  ),
})
export type HeldRiskArea = Static<typeof HeldRiskArea>

export const HeldRiskAreas = Type.Object({ areas: Type.Array(HeldRiskArea) })

export const schemas = {
  listRiskAreas: {
    summary: 'Lists the areas rated now',
    responses: { 200: RiskAreaList },
  },
  listRiskAreaFeeds: {
    summary: 'Lists the latest versions of the national list',
    responses: { 200: RiskAreaFeeds },
  },
  decideRiskAreaFeed: {
    summary: 'Applies or drops a version that was held',
    params: Closed({ version: Id }),
    body: Closed({ verdict: OneOf(FEED_VERDICTS) }),
    responses: { 200: RiskAreaFeeds },
  },
  listHeldRiskAreas: {
    summary: 'Lists areas whose place is not known here',
    responses: { 200: HeldRiskAreas },
  },
  /** Without `divisionCode`: it concerns nobody here. Stays in a place named by hand are asked about by an office. */
  placeRiskArea: {
    summary: 'Says which place an area means, or that it concerns nobody here',
    params: Closed({ areaId: Id }),
    body: Closed({
      divisionCode: Type.Optional(DivisionCode),
      note: Lines({ minLength: 2, maxLength: 400 }),
    }),
    responses: { 200: HeldRiskAreas },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
