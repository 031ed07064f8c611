import { SITE_AUDIENCES, SITE_STATES } from '@jiankangbao/domain/testing/site'
import { type Static, Type } from 'typebox'
import {
  Closed,
  DivisionCode,
  Flag,
  Instant,
  IntegerId,
  Line,
  NamingLine,
  OneOf,
  RequestId,
  Shown,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Testing sites'

const Time = Type.String({ pattern: '^([01][0-9]|2[0-4]):[0-5][0-9]$', examples: ['08:00'] })
export const OpeningSpan = Closed({
  /** 1 is Monday. */
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
    minItems: 1,
    maxItems: 7,
    uniqueItems: true,
  }),
  opens: Time,
  closes: Time,
})
export type OpeningSpan = Static<typeof OpeningSpan>

const shared = {
  name: NamingLine({ maxLength: 100, examples: ['示例广场采样点'] }),
  address: NamingLine({ maxLength: 200, examples: ['示例路 1 号'] }),
  hours: Type.Array(OpeningSpan, { maxItems: 14 }),
  audience: OneOf(SITE_AUDIENCES),
  priceCents: Type.Integer({ minimum: 0, maximum: 100_000 }),
  telephone: Type.Optional(Line({ minLength: 3, maxLength: 24, examples: ['0516-00000000'] })),
  latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  /** Whether one may come without a booking. */
  walkIn: Type.Boolean(),
  /** Length of a slot and people in it, where one can book. */
  slotMinutes: Type.Optional(Type.Integer({ minimum: 15, maximum: 60, multipleOf: 5 })),
  slotCapacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
}

export const NewTestSite = Closed({ requestId: RequestId, divisionCode: DivisionCode, ...shared })
export type NewTestSite = Static<typeof NewTestSite>

/** The whole of it as it shall be; `revision` is the one that was read. */
export const TestSiteChange = Closed({
  revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  state: OneOf(SITE_STATES),
  ...shared,
})
export type TestSiteChange = Static<typeof TestSiteChange>

const fields = {
  siteId: IntegerId,
  name: Shown('示例广场采样点'),
  divisionCode: Shown('110101'),
  divisionName: Shown('示例区'),
  address: Shown('示例路 1 号'),
  hours: Type.Array(OpeningSpan),
  audience: OneOf(SITE_AUDIENCES),
  priceCents: Type.Integer(),
  telephone: Type.Optional(Shown('0516-00000000')),
  latitude: Type.Optional(Type.Number()),
  longitude: Type.Optional(Type.Number()),
  walkIn: Type.Boolean(),
  bookable: Type.Boolean(),
}

/** A site as everybody sees it. */
export const TestSite = Type.Object({
  ...fields,
  openNow: Type.Boolean(),
  /** People waiting, as somebody there counted; absent where nobody has within the hour. */
  queue: Type.Optional(
    Type.Object({
      waiting: Type.Integer(),
      countedAt: Instant,
      /** From the speed of the last quarter of an hour; absent while nobody is swabbed. */
      minutes: Type.Optional(Type.Integer()),
    }),
  ),
})
export type TestSite = Static<typeof TestSite>

/** A site as its office keeps it. */
export const KeptTestSite = Type.Object({
  ...fields,
  slotMinutes: Type.Optional(Type.Integer()),
  slotCapacity: Type.Optional(Type.Integer()),
  state: OneOf(SITE_STATES),
  revision: Type.Integer(),
  openShifts: Type.Integer(),
  sampledToday: Type.Integer(),
})
export type KeptTestSite = Static<typeof KeptTestSite>

export const schemas = {
  listTestSites: {
    summary: 'Lists the testing sites that are active, with queue and hours',
    query: Closed({
      divisionCode: Type.Optional(DivisionCode),
      audience: Type.Optional(OneOf(SITE_AUDIENCES)),
      openNow: Type.Optional(Flag),
      search: Type.Optional(Line({ minLength: 1, maxLength: 60 })),
    }),
    responses: { 200: Type.Object({ sites: Type.Array(TestSite), listedAt: Instant }) },
  },
  listKeptTestSites: {
    summary: 'Lists the testing sites of the caller’s division, closed ones too',
    responses: { 200: Type.Object({ sites: Type.Array(KeptTestSite) }) },
  },
  addTestSite: {
    summary: 'Adds a testing site in the caller’s division',
    body: NewTestSite,
    responses: { 201: KeptTestSite },
  },
  changeTestSite: {
    summary: 'Changes, suspends or closes a testing site',
    params: Closed({ siteId: IntegerId }),
    body: TestSiteChange,
    responses: { 200: KeptTestSite },
  },
  countTestSiteQueue: {
    summary: 'Says how many people wait at a site',
    params: Closed({ siteId: IntegerId }),
    body: Closed({ waiting: Type.Integer({ minimum: 0, maximum: 9999 }) }),
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
