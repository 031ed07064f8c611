import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  DivisionCode,
  DocumentNumber,
  Id,
  Instant,
  Lines,
  PersonName,
  Uuid,
} from './atoms.ts'

const OfMember = Closed({ memberId: Type.Optional(Uuid) })

/**
 * The provincial code of a person as last given. `identity_stale`: the province wants name and document renewed
 * first (`updateIdentity`); `waiting`: not asked yet; `not_found`: the province does not know this person.
 */
export const ProvincialCode = Type.Object({
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('known'),
    Type.Literal('identity_stale'),
    Type.Literal('not_found'),
  ]),
  /** As given; `none` where it is too old. Absent where none was ever given. */
  colour: Type.Optional(Colour),
  /** When the province said so: 省码数据截至. */
  observedAt: Type.Optional(Instant),
  /** When it counts as unknown unless given anew. */
  expiresAt: Type.Optional(Instant),
  askedAt: Type.Optional(Instant),
  /** False where the province did not answer just now, or has not for a while: what is shown may be old. */
  reachable: Type.Boolean(),
})
export type ProvincialCode = Static<typeof ProvincialCode>

/** Name and full document number again, checked with the identity authority; the document stays the person's own. */
export const IdentityUpdate = Closed({
  memberId: Type.Optional(Uuid),
  name: PersonName,
  documentNumber: DocumentNumber,
})
export type IdentityUpdate = Static<typeof IdentityUpdate>

/** The caller and their members whose identity data the province wants renewed; without `memberId` the caller. */
const StaleIdentities = Type.Object({
  persons: Type.Array(Type.Object({ memberId: Type.Optional(Uuid), nameMasked: Type.String() })),
})

/** Consent to this one question; nothing is kept but what is shown, for a few minutes. */
export const TravelCardQuestion = Closed({ consent: Type.Literal(true) })
export const TravelCard = Type.Object({
  phoneMasked: Type.String(),
  places: Type.Array(Type.Object({ name: Type.String(), flagged: Type.Boolean() })),
  asOf: Instant,
  /** When what is shown is forgotten. */
  keptUntil: Instant,
})
export type TravelCard = Static<typeof TravelCard>

export const RiskLevel = Type.Union([Type.Literal('high'), Type.Literal('medium'), Type.Literal('low')])
export const RiskAreaList = Type.Object({
  areas: Type.Array(
    Type.Object({
      divisionCode: Type.String(),
      name: Type.String(),
      level: RiskLevel,
      /** The whole division of the code, or a street or village in it. */
      extent: Type.Union([Type.Literal('whole'), Type.Literal('part')]),
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
  state: Type.Union([Type.Literal('applied'), Type.Literal('held'), Type.Literal('dropped')]),
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

export const UpstreamProvider = Type.Object({
  provider: Type.String(),
  breaker: Type.Union([Type.Literal('closed'), Type.Literal('open'), Type.Literal('half_open')]),
  lastSuccessAt: Type.Optional(Instant),
  lastFailureAt: Type.Optional(Instant),
  dataAsOf: Type.Optional(Instant),
  /** Slots of ten minutes of the last day, oldest first; those without requests are left out. */
  slots: Type.Array(
    Type.Object({
      at: Instant,
      succeeded: Type.Integer(),
      failed: Type.Integer(),
      meanMilliseconds: Type.Integer(),
    }),
  ),
})
export type UpstreamProvider = Static<typeof UpstreamProvider>

/** Provincial codes by what becomes of them: the page that shows it asks at most once a minute. */
const ProvincialBacklog = Type.Object({
  /** Of the whole city, with a colour. */
  known: Type.Integer(),
  /** Due to be asked for by now, and since when the first of them. */
  overdue: Type.Integer(),
  oldestDueAt: Type.Optional(Instant),
  expired: Type.Integer(),
  /** How many more count as unknown within so many hours unless they come anew. */
  expiring: Type.Array(Type.Object({ withinHours: Type.Integer(), count: Type.Integer() })),
  /** Persons whom the jobs can ask about before a code expires, by the budget of a minute. */
  covered: Type.Integer(),
})
export type ProvincialBacklog = Static<typeof ProvincialBacklog>
export const UpstreamStatus = Type.Object({
  at: Instant,
  providers: Type.Array(UpstreamProvider),
  provincial: ProvincialBacklog,
})
export type UpstreamStatus = Static<typeof UpstreamStatus>

export const upstream = {
  getProvincialCode: { query: OfMember, responses: { 200: ProvincialCode } },
  refreshProvincialCode: { body: OfMember, responses: { 200: ProvincialCode } },
  listStaleIdentities: { responses: { 200: StaleIdentities } },
  updateIdentity: { body: IdentityUpdate, responses: { 200: ProvincialCode } },
  showTravelCard: { body: TravelCardQuestion, responses: { 200: TravelCard } },
  listRiskAreas: { responses: { 200: RiskAreaList } },
  listRiskAreaFeeds: { responses: { 200: RiskAreaFeeds } },
  decideRiskAreaFeed: {
    params: Closed({ version: Id }),
    body: Closed({ verdict: Type.Union([Type.Literal('apply'), Type.Literal('drop')]) }),
    responses: { 200: RiskAreaFeeds },
  },
  listHeldRiskAreas: { responses: { 200: HeldRiskAreas } },
  /** Without `divisionCode`: it concerns nobody here. Stays in a place named by hand are asked about by an office. */
  placeRiskArea: {
    params: Closed({ areaId: Id }),
    body: Closed({
      divisionCode: Type.Optional(DivisionCode),
      note: Lines({ minLength: 2, maxLength: 400 }),
    }),
    responses: { 200: HeldRiskAreas },
  },
  getUpstreamStatus: { responses: { 200: UpstreamStatus } },
}
