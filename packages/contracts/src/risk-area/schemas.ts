import {
  FEED_STATES,
  FEED_VERDICTS,
  RISK_AREA_EXTENTS,
  RISK_LEVELS,
} from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { Closed, DivisionCode, Id, Instant, Lines, OneOf } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const RiskLevel = OneOf(RISK_LEVELS)

export const RiskAreaList = Type.Object({
  areas: Type.Array(
    Type.Object({
      divisionCode: Type.String(),
      name: Type.String(),
      level: RiskLevel,
      /** The whole division of the code, or a street or village in it. */
      extent: OneOf(RISK_AREA_EXTENTS),
      validFrom: Instant,
      validTo: Type.Optional(Instant),
      source: Type.String(),
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
  decidedBy: Type.Optional(Type.String()),
})
export type RiskAreaFeed = Static<typeof RiskAreaFeed>

const RiskAreaFeeds = Type.Object({ feeds: Type.Array(RiskAreaFeed) })

/**
 * An area of a list or the feed, rated now or soon, whose code is no place known here: it is compared with nothing until a person
 * says which place is meant, or that it concerns nobody here.
 */
export const HeldRiskArea = Type.Object({
  areaId: Id,
  divisionCode: Type.String(),
  name: Type.String(),
  level: RiskLevel,
  source: Type.String(),
  validFrom: Instant,
  validTo: Type.Optional(Instant),
  decided: Type.Optional(
    Type.Object({
      at: Instant,
      by: Type.String(),
      note: Type.String(),
      /** The place that is meant; absent where it concerns nobody here. */
      divisionCode: Type.Optional(Type.String()),
      placeName: Type.Optional(Type.String()),
    }),
  ),
})
export type HeldRiskArea = Static<typeof HeldRiskArea>

const HeldRiskAreas = Type.Object({ areas: Type.Array(HeldRiskArea) })

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
