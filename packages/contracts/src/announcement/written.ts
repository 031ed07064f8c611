import { MEASURES, ORIGIN_KINDS } from '@jiankangbao/domain/announcement/policy'
import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { ANNOUNCEMENT_AUDIENCES } from '@jiankangbao/domain/vocabulary/announcements'
import { RISK_LEVELS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  DivisionCode,
  Instant,
  Line,
  Lines,
  NamingLine,
  OneOf,
  PlaceCode,
} from '../atoms.ts'

// What offices write.

const WrittenTexts = (zh: number, en: number, example: string) =>
  Closed({
    zh: NamingLine({ minLength: 1, maxLength: zh, examples: [example] }),
    /** Empty where there is none: readers of English see the Chinese. */
    en: Line({ maxLength: en, examples: ['Example'] }),
  })

const AskedMeasure = Closed({
  measure: OneOf(MEASURES),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })),
  tests: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 })),
  hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168 })),
})

/** One row of a policy: of whom it asks what, and where its text says so. */
const WrittenPolicyRow = Closed({
  origin: OneOf(ORIGIN_KINDS),
  placeCodes: Type.Optional(Type.Array(PlaceCode, { minItems: 1, maxItems: 50 })),
  riskLevel: Type.Optional(OneOf(RISK_LEVELS)),
  sinceOn: Type.Optional(CalendarDate),
  withinDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 90 })),
  measures: Type.Array(AskedMeasure, { minItems: 1, maxItems: 8 }),
  paragraph: NamingLine({ minLength: 1, maxLength: 60, examples: ['二、（三）'] }),
  words: WrittenTexts(400, 800, '到达后三天两检'),
})
export type WrittenPolicyRow = Static<typeof WrittenPolicyRow>

const written = {
  title: WrittenTexts(120, 240, '关于来返人员的通告'),
  /** Markdown. `![…](file:1)` is the first file of the announcement, a picture; `[…](file:2)` leads to the second. */
  bodyZh: Lines({ minLength: 1, maxLength: 40_000, examples: ['请**提前报备**。'] }),
  bodyEn: Lines({ maxLength: 80_000, examples: ['Please **report** beforehand.'] }),
  issuedBy: WrittenTexts(120, 240, '市防疫指挥部'),
  number: Type.Optional(NamingLine({ minLength: 1, maxLength: 80, examples: ['2022 年第 12 号'] })),
  issuedOn: CalendarDate,
  sourceUrl: Type.Optional(
    Type.String({
      maxLength: 500,
      pattern: '^https?://[^\\s"<>\\\\\\u0000-\\u0020\\u007f-\\u009f\\ud800-\\udfff]+$',
      examples: ['https://www.example.org/notice/12'],
    }),
  ),
  /** A banner on everybody's first screen. */
  urgent: Type.Boolean(),
  audience: OneOf(ANNOUNCEMENT_AUDIENCES),
  divisionCodes: Type.Array(DivisionCode, { maxItems: 40 }),
  venueKinds: Type.Array(OneOf(VENUE_KINDS), { maxItems: 40 }),
  publishAt: Type.Optional(Instant),
  expiresAt: Type.Optional(Instant),
  policyRows: Type.Array(WrittenPolicyRow, { maxItems: 60 }),
  /** What is different from the version before; needed from the second one on. */
  changeNote: Type.Optional(WrittenTexts(300, 600, '增加一处')),
  /** Tell every phone by text message, once; only what is urgent and for everybody. */
  sendTexts: Type.Boolean(),
}
export const WrittenAnnouncement = Closed(written)
export type WrittenAnnouncement = Static<typeof WrittenAnnouncement>
