import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { VERDICTS } from '@jiankangbao/domain/vocabulary/approval'
import { POINT_STATES, VENUE_STATES } from '@jiankangbao/domain/vocabulary/doors'
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
  OneOf,
  PageSize,
  Phone,
  RequestId,
  ShortText,
  Shown,
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
  by: Shown('李示例'),
  reason: Type.Optional(Shown('资料齐全')),
})

export const Venue = Type.Object({
  venueId: IntegerId,
  name: Shown('示例商场'),
  kind: VenueKind,
  divisionCode: DivisionCode,
  divisionName: Shown('示例区'),
  address: Shown('示例路 1 号'),
  creditCode: Type.Optional(Shown('91110000000000000X')),
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
    body: Closed({ requestId: RequestId, name: ShortText }),
    responses: { 201: Point },
  },
  rotatePointCode: {
    summary: 'Replaces the posted code of a door; the old one ends',
    params: PointParams,
    body: Closed({ requestId: RequestId, reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: Point },
  },
  closePoint: {
    summary: 'Closes a door for good',
    params: PointParams,
    body: Reason,
    responses: { 200: Point },
  },
  getVenueFigures: {
    summary: 'Counts scans of a venue by hour and day, never persons',
    params: VenueParams,
    responses: { 200: VenueFigures },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
