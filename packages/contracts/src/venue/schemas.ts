import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { VERDICTS } from '@jiankangbao/domain/vocabulary/approval'
import {
  POINT_STATES,
  SHOP_OFFER_KINDS,
  VENUE_ALARM_KINDS,
  VENUE_LIKENESSES,
  VENUE_STATES,
} from '@jiankangbao/domain/vocabulary/doors'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  Cursor,
  DivisionCode,
  Flag,
  Instant,
  IntegerId,
  Line,
  Lines,
  LookupPurpose,
  OneOf,
  PageSize,
  Phone,
  RequestId,
  ShortText,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Venues, their doors and posted codes'

export const VenueState = OneOf(VENUE_STATES)
export type VenueState = Static<typeof VenueState>

/** A kind of the tree of kinds in the domain. */
export const VenueKind = OneOf(VENUE_KINDS)
export type VenueKind = Static<typeof VenueKind>

export const Point = Type.Object({
  pointId: IntegerId,
  name: Shown('示例商场'),
  state: OneOf(POINT_STATES),
  /** The code posted now; absent until the venue is approved. */
  venueCode: Type.Optional(Shown('A7K2M9Q4T')),
  qrText: Type.Optional(Shown('https://pass.example.org/v/A7K2M9Q4T')),
  codeIssuedAt: Type.Optional(Instant),
})
export type Point = Static<typeof Point>

export const VenueEntry = Type.Object({
  venueId: IntegerId,
  name: Shown('示例商场'),
  kind: VenueKind,
  divisionCode: DivisionCode,
  divisionName: Shown('示例区'),
  address: Shown('示例路 1 号'),
  state: VenueState,
  pointCount: Type.Integer(),
  appliedAt: Instant,
})
export type VenueEntry = Static<typeof VenueEntry>

/** As an application writes it: an unknown one is told together with whatever else is wrong. */
export const WrittenKind = Type.String({
  pattern: '^[a-z_]+(\\.[a-z_]+)*$',
  maxLength: 60,
  examples: ['railway_station'],
})
export const VenueFields = {
  name: ShortText,
  kind: WrittenKind,
  divisionCode: DivisionCode,
  address: Line({ minLength: 2, maxLength: 200 }),
  creditCode: Type.Optional(Line({ minLength: 18, maxLength: 18 })),
  responsibleName: ShortText,
  responsiblePhone: Phone,
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
}

export const VenueApplication = Closed({
  requestId: RequestId,
  ...VenueFields,
  points: Type.Array(ShortText, { minItems: 1, maxItems: 40 }),
})
export type VenueApplication = Static<typeof VenueApplication>

/** A change of name, kind, division, address or responsible person needs approval again; `pendingChange` shows it. */
export const VenueChange = Closed(
  Object.fromEntries(Object.entries(VenueFields).map(([key, schema]) => [key, Type.Optional(schema)])) as {
    [K in keyof typeof VenueFields]: ReturnType<typeof Type.Optional<(typeof VenueFields)[K]>>
  },
)

export const VenueHistory = Type.Object({
  at: Instant,
  action: Shown('venue.approved'),
  /** Name of the operator; empty where a citizen or the system did it. */
  by: Shown('李示例'),
  byCitizen: Type.Optional(Type.Boolean()),
  reason: Type.Optional(Shown('资料齐全')),
})

export const Venue = Type.Object({
  venueId: IntegerId,
  name: Shown('示例商场'),
  kind: VenueKind,
  divisionCode: DivisionCode,
  divisionName: Shown('示例区'),
  address: Shown('示例路 1 号'),
  creditCodeMasked: Type.Optional(Shown('91****000X')),
  responsibleNameMasked: Shown('李*'),
  responsiblePhoneMasked: Shown('138****0001'),
  latitude: Type.Optional(Type.Number()),
  longitude: Type.Optional(Type.Number()),
  state: VenueState,
  stateReason: Type.Optional(Shown('长期停业')),
  points: Type.Array(Point),
  pendingChange: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { examples: [{ name: '示例新商场' }] }),
  ),
  /** A citizen runs it from their phone; otherwise its managers, or the office. */
  ownerMasked: Type.Optional(Shown('王*')),
  appliedAt: Instant,
  history: Type.Array(VenueHistory),
})
export type Venue = Static<typeof Venue>

export const VenueParams = Closed({ venueId: IntegerId })

export const PointParams = Closed({ pointId: IntegerId })

export const VenueReview = Closed({
  verdict: OneOf(VERDICTS),
  reason: Type.Optional(Lines({ minLength: 2, maxLength: 300 })),
})

export const PointToAdd = Closed({ requestId: RequestId, name: ShortText })

export const CodeToReplace = Closed({ requestId: RequestId, reason: Lines({ minLength: 2, maxLength: 300 }) })

/** An offer of a venue. */
export const OfferParams = Closed({ venueId: IntegerId, offerId: Uuid })

export const Reason = Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) })

/** Counts only, never persons. */
export const VenueFigures = Type.Object({
  today: Type.Object({
    visits: Type.Integer(),
    admit: Type.Integer(),
    deny: Type.Integer(),
    review: Type.Integer(),
  }),
  hours: Type.Array(Type.Object({ hour: Type.Integer(), visits: Type.Integer(), deny: Type.Integer() })),
  days: Type.Array(Type.Object({ on: CalendarDate, visits: Type.Integer() })),
})
export type VenueFigures = Static<typeof VenueFigures>

/** A venue that has something in common with one that is reviewed; what is personal stays masked. */
export const VenueDuplicate = Type.Object({
  venueId: IntegerId,
  /** It belongs to the caller's division and can be opened. */
  mayOpen: Type.Boolean(),
  same: Type.Array(OneOf(VENUE_LIKENESSES)),
  name: Shown('示例小店'),
  kind: VenueKind,
  divisionName: Shown('示例区'),
  address: Shown('示例路 1 号'),
  creditCodeMasked: Type.Optional(Shown('91****000X')),
  responsibleNameMasked: Shown('李*'),
  responsiblePhoneMasked: Shown('138****0001'),
  state: VenueState,
  appliedAt: Instant,
})
export type VenueDuplicate = Static<typeof VenueDuplicate>

/** Something offered to a number, whosever it is. */
export const VenueOffer = Type.Object({
  offerId: Uuid,
  kind: OneOf(SHOP_OFFER_KINDS),
  phoneMasked: Shown('138****0001'),
  offeredAt: Instant,
  expiresAt: Instant,
})
export type VenueOffer = Static<typeof VenueOffer>

/** What happened at one point within an hour: how often, never who. */
export const VenueAlarm = Type.Object({
  kind: OneOf(VENUE_ALARM_KINDS),
  pointName: Shown('正门'),
  lastAt: Instant,
  times: Type.Integer(),
})
export type VenueAlarm = Static<typeof VenueAlarm>

/** Who runs a venue and stands at its doors, and what they are told. */
export const VenuePeople = Type.Object({
  owner: Type.Optional(Type.Object({ nameMasked: Shown('王*') })),
  managers: Type.Array(
    Type.Object({ name: Shown('李示例'), organisation: Shown('示例商场'), since: Instant }),
  ),
  staff: Type.Array(Type.Object({ nameMasked: Shown('李*'), since: Instant })),
  devices: Type.Array(Type.Object({ name: Shown('东门 1 号机'), pointName: Shown('东门'), since: Instant })),
  offers: Type.Array(VenueOffer),
  /** Of today and yesterday, newest first. */
  alarms: Type.Array(VenueAlarm),
})
export type VenuePeople = Static<typeof VenuePeople>

export const schemas = {
  listVenues: {
    summary: 'Lists venues, newest first',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(VenueState),
      kind: Type.Optional(VenueKind),
      divisionCode: Type.Optional(DivisionCode),
      search: Type.Optional(Line({ minLength: 1, maxLength: 60 })),
      pendingReview: Type.Optional(Flag),
    }),
    responses: { 200: Type.Object({ venues: Type.Array(VenueEntry), nextCursor: Type.Optional(Cursor) }) },
  },
  getVenue: {
    summary: 'Gives a venue with its doors and history',
    params: VenueParams,
    responses: { 200: Venue },
  },
  applyVenue: {
    summary: 'Applies for a venue',
    body: VenueApplication,
    responses: { 201: Venue },
  },
  changeVenue: {
    summary: 'Changes a venue; some changes wait for approval',
    params: VenueParams,
    body: VenueChange,
    responses: { 200: Venue },
  },
  reviewVenue: {
    summary: 'Approves or rejects a venue or its change',
    params: VenueParams,
    body: VenueReview,
    responses: { 200: Venue },
  },
  suspendVenue: {
    summary: 'Suspends a venue',
    params: VenueParams,
    body: Reason,
    responses: { 200: Venue },
  },
  resumeVenue: {
    summary: 'Ends the suspension of a venue',
    params: VenueParams,
    responses: { 200: Venue },
  },
  closeVenue: {
    summary: 'Closes a venue for good',
    params: VenueParams,
    body: Reason,
    responses: { 200: Venue },
  },
  addPoint: {
    summary: 'Adds a door to a venue',
    params: VenueParams,
    body: PointToAdd,
    responses: { 201: Point },
  },
  rotatePointCode: {
    summary: 'Replaces the posted code of a door; the old one ends',
    params: PointParams,
    body: CodeToReplace,
    responses: { 200: Point },
  },
  closePoint: {
    summary: 'Closes a door for good',
    params: PointParams,
    body: Reason,
    responses: { 200: Point },
  },
  listVenueDuplicates: {
    summary: 'Lists venues with the same licence, address or name, for whoever reviews',
    params: VenueParams,
    responses: {
      200: Type.Object({ duplicates: Type.Array(VenueDuplicate), more: Type.Boolean() }),
    },
  },
  revealVenueContact: {
    summary: 'Reveals whom to call about a venue and its licence number; logged with the purpose',
    params: VenueParams,
    body: Closed({ purpose: LookupPurpose }),
    responses: {
      200: Type.Object({
        name: Shown('李示例'),
        phone: Shown('+8613800000001'),
        creditCode: Type.Optional(Shown('91110000000000000X')),
      }),
    },
  },
  getVenuePeople: {
    summary: 'Lists owner, managers, helpers and phones of a venue, and the alarms of its doors',
    params: VenueParams,
    responses: { 200: VenuePeople },
  },
  offerVenue: {
    summary: 'Offers a venue to a number; the answer does not say whether it is anybody’s',
    params: VenueParams,
    body: Closed({ requestId: RequestId, phone: Phone }),
    responses: { 201: VenueOffer },
  },
  withdrawVenueOffer: {
    summary: 'Takes an offer back that nobody answered',
    params: OfferParams,
    responses: { 204: Type.Null() },
  },
  getVenueFigures: {
    summary: 'Counts scans of a venue by hour and day, never persons',
    params: VenueParams,
    responses: { 200: VenueFigures },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
