import { MEASURES, ORIGIN_KINDS } from '@jiankangbao/domain/announcement/policy'
import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import {
  ANNOUNCEMENT_AUDIENCES,
  ANNOUNCEMENT_KINDS,
  ANNOUNCEMENT_STANDINGS,
  ATTACHMENT_KINDS,
  TEXT_WAVE_STATES,
  VERSION_STATES,
} from '@jiankangbao/domain/vocabulary/announcements'
import { RISK_LEVELS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import {
  CalendarDate,
  Closed,
  Cursor,
  DivisionCode,
  FileBytes,
  Id,
  Instant,
  IntegerId,
  Line,
  Lines,
  NamingLine,
  OneOf,
  PageSize,
  PlaceCode,
  PlaceNames,
  ProposalId,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'
import { WrittenAnnouncement } from './written.ts'

export const about = 'What the city tells: notices, policies, guides, questions with answers'

const AnnouncementKind = OneOf(ANNOUNCEMENT_KINDS)
const TwoTexts = (zh: string, en: string) => Type.Object({ zh: Shown(zh), en: Shown(en) })
const PolicyRow = Type.Object({
  origin: OneOf(ORIGIN_KINDS),
  placeCodes: Type.Optional(Type.Array(Shown('310000'))),
  riskLevel: Type.Optional(OneOf(RISK_LEVELS)),
  sinceOn: Type.Optional(Shown('2022-03-06')),
  withinDays: Type.Optional(Type.Integer()),
  measures: Type.Array(
    Type.Object({
      measure: OneOf(MEASURES),
      days: Type.Optional(Type.Integer()),
      tests: Type.Optional(Type.Integer()),
      hours: Type.Optional(Type.Integer()),
    }),
  ),
  paragraph: Shown('二、（三）'),
  words: TwoTexts('到达后三天两检', 'Two tests within three days'),
})

const shownFields = {
  announcementId: Id,
  version: Type.Integer(),
  kind: AnnouncementKind,
  title: TwoTexts('关于来返人员的通告', 'Notice to travellers'),
  issuedBy: TwoTexts('市防疫指挥部', 'City headquarters'),
  number: Type.Optional(Shown('2022 年第 12 号')),
  issuedOn: Shown('2022-03-15'),
  urgent: Type.Boolean(),
  audience: OneOf(ANNOUNCEMENT_AUDIENCES),
  divisionCodes: Type.Array(Shown('110101')),
  venueKinds: Type.Array(OneOf(VENUE_KINDS)),
  /** Since when this version is told. */
  publishedAt: Instant,
  expiresAt: Type.Optional(Instant),
  standing: OneOf(ANNOUNCEMENT_STANDINGS),
  withdrawal: Type.Optional(Type.Object({ at: Instant, reason: TwoTexts('内容有误', 'It was wrong') })),
}

/** As it stands in a list. */
export const AnnouncementSummary = Type.Object({
  ...shownFields,
  /** The first words of its text. */
  excerpt: TwoTexts('请提前报备', 'Please report'),
})
export type AnnouncementSummary = Static<typeof AnnouncementSummary>

export const AnnouncementFile = Type.Object({
  fileId: Uuid,
  number: Type.Integer(),
  kind: OneOf(ATTACHMENT_KINDS),
  name: Shown('通告.pdf'),
  bytes: Type.Integer(),
})
export type AnnouncementFile = Static<typeof AnnouncementFile>

/** As everybody reads it. */
export const Announcement = Type.Object({
  ...shownFields,
  /** HTML of a few elements, sanitised (`packages/domain` announcement/rich-text). */
  html: TwoTexts('<p>请提前报备。</p>', '<p>Please report.</p>'),
  sourceUrl: Type.Optional(Shown('https://www.example.org/notice/12')),
  policyRows: Type.Array(PolicyRow),
  placeNames: PlaceNames,
  /** What was told, the latest first. */
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      publishedAt: Instant,
      changeNote: Type.Optional(TwoTexts('增加一处', 'One more place')),
    }),
  ),
  /** When this was read from the register. */
  readAt: Instant,
})
export type Announcement = Static<typeof Announcement>

/** What applies to somebody who comes from there. */
export const PolicyAnswer = Type.Object({
  placeCode: Shown('310000'),
  placeName: Shown('上海市'),
  leftOn: Shown('2022-03-15'),
  answeredAt: Instant,
  hotline: Shown('12345'),
  /** What counts first; empty where nothing is known, which does not mean that nothing is asked. */
  found: Type.Array(
    Type.Object({
      /** `part`: only of who was in the part of the place that is named. */
      fit: OneOf(['sure', 'part'] as const),
      row: PolicyRow,
      placeNames: PlaceNames,
      policy: Type.Object({
        announcementId: Id,
        version: Type.Integer(),
        title: TwoTexts('关于来返人员的通告', 'Notice to travellers'),
        number: Type.Optional(Shown('2022 年第 12 号')),
        issuedBy: TwoTexts('市防疫指挥部', 'City headquarters'),
        issuedOn: Shown('2022-03-15'),
        publishedAt: Instant,
      }),
    }),
  ),
  /** Rows that fit do not ask the same: the first is the strictest, of equal ones the newest. */
  differs: Type.Boolean(),
  /** Areas of the national list in or around the place. */
  rated: Type.Array(Type.Object({ level: OneOf(RISK_LEVELS), name: Shown('示例街道') })),
})
export type PolicyAnswer = Static<typeof PolicyAnswer>

export const TextWave = Type.Object({
  state: OneOf(TEXT_WAVE_STATES),
  total: Type.Integer(),
  sent: Type.Integer(),
  failed: Type.Integer(),
  startedAt: Instant,
  endedAt: Type.Optional(Instant),
  stoppedBy: Type.Optional(Shown('李示例')),
  stopReason: Type.Optional(Shown('内容有误')),
  /** While it runs. */
  doneAt: Type.Optional(Instant),
})
export type TextWave = Static<typeof TextWave>

export const KeptVersion = Type.Object({
  version: Type.Integer(),
  state: OneOf(VERSION_STATES),
  revision: Type.Integer(),
  title: TwoTexts('关于来返人员的通告', 'Notice to travellers'),
  editedBy: Shown('李示例'),
  editedAt: Instant,
  releasedBy: Type.Optional(Shown('王示例')),
  releasedAt: Type.Optional(Instant),
  publishAt: Type.Optional(Instant),
  changeNote: Type.Optional(TwoTexts('增加一处', 'One more place')),
})
export type KeptVersion = Static<typeof KeptVersion>

export const KeptAnnouncement = Type.Object({
  announcementId: Id,
  kind: AnnouncementKind,
  divisionCode: Shown('110101'),
  divisionName: Shown('示例区'),
  madeBy: Shown('李示例'),
  madeAt: Instant,
  standing: OneOf(ANNOUNCEMENT_STANDINGS),
  withdrawal: Type.Optional(
    Type.Object({ at: Instant, by: Shown('王示例'), reason: TwoTexts('内容有误', 'It was wrong') }),
  ),
  /** The latest first. */
  versions: Type.Array(KeptVersion),
  /** Of the open version, while it waits for a second person. */
  proposalId: Type.Optional(ProposalId),
  files: Type.Array(AnnouncementFile),
  texts: Type.Optional(TextWave),
})
export type KeptAnnouncement = Static<typeof KeptAnnouncement>

/** One version as it was written, with what readers get of it. */
export const AnnouncementVersion = Type.Object({
  ...KeptVersion.properties,
  announcementId: Id,
  kind: AnnouncementKind,
  bodyZh: Shown('请**提前报备**。'),
  bodyEn: Shown('Please report.'),
  html: TwoTexts('<p>请提前报备。</p>', '<p>Please report.</p>'),
  issuedBy: TwoTexts('市防疫指挥部', 'City headquarters'),
  number: Type.Optional(Shown('2022 年第 12 号')),
  issuedOn: Shown('2022-03-15'),
  sourceUrl: Type.Optional(Shown('https://www.example.org/notice/12')),
  urgent: Type.Boolean(),
  audience: OneOf(ANNOUNCEMENT_AUDIENCES),
  divisionCodes: Type.Array(Shown('110101')),
  venueKinds: Type.Array(OneOf(VENUE_KINDS)),
  expiresAt: Type.Optional(Instant),
  policyRows: Type.Array(PolicyRow),
  placeNames: PlaceNames,
  sendTexts: Type.Boolean(),
})
export type AnnouncementVersion = Static<typeof AnnouncementVersion>

const KeptSummary = Type.Object({
  announcementId: Id,
  kind: AnnouncementKind,
  title: TwoTexts('关于来返人员的通告', 'Notice to travellers'),
  divisionName: Shown('示例区'),
  standing: OneOf(ANNOUNCEMENT_STANDINGS),
  audience: OneOf(ANNOUNCEMENT_AUDIENCES),
  urgent: Type.Boolean(),
  /** The newest version, and how it stands. */
  version: Type.Integer(),
  state: OneOf(VERSION_STATES),
  editedBy: Shown('李示例'),
  editedAt: Instant,
})
export type KeptAnnouncementSummary = Static<typeof KeptSummary>

const TextEstimate = Type.Object({
  /** Phones that would get it. */
  persons: Type.Integer(),
  perMinute: Type.Integer(),
  /** Texts that the provider takes in a day, and what is left of them today. */
  budgetPerDay: Type.Integer(),
  budgetLeft: Type.Integer(),
  minutes: Type.Integer(),
  doneAt: Instant,
})
export type TextEstimate = Static<typeof TextEstimate>

const OfOne = Closed({ announcementId: Id })

export const schemas = {
  listAnnouncements: {
    summary: 'Lists what is told now, the newest first, withdrawn ones with their reason',
    query: Closed({
      kind: Type.Optional(AnnouncementKind),
      search: Type.Optional(Line({ minLength: 1, maxLength: 60 })),
      divisionCode: Type.Optional(DivisionCode),
      venueKind: Type.Optional(OneOf(VENUE_KINDS)),
    }),
    responses: {
      200: Type.Object({ announcements: Type.Array(AnnouncementSummary), listedAt: Instant }),
    },
  },
  getAnnouncement: {
    summary: 'Gives an announcement as it is told now; expired and withdrawn ones say so',
    params: OfOne,
    responses: { 200: Announcement },
  },
  getAnnouncementFile: {
    summary: 'Gives a picture or PDF file of an announcement that was released',
    params: Closed({ fileId: Uuid }),
    responses: { 200: FileBytes },
  },
  askPolicies: {
    summary: 'Says what the policies of today ask of somebody who comes from a place',
    query: Closed({ placeCode: PlaceCode, leftOn: Type.Optional(CalendarDate) }),
    responses: { 200: PolicyAnswer },
  },
  listStaffAnnouncements: {
    summary: 'Lists what is told to operators now',
    responses: { 200: Type.Object({ announcements: Type.Array(Announcement) }) },
  },
  listKeptAnnouncements: {
    summary: 'Lists the announcements of the own division, drafts too, the newest first',
    query: Closed({
      kind: Type.Optional(AnnouncementKind),
      standing: Type.Optional(OneOf(ANNOUNCEMENT_STANDINGS)),
      search: Type.Optional(Line({ minLength: 1, maxLength: 60 })),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    responses: {
      200: Type.Object({ announcements: Type.Array(KeptSummary), nextCursor: Type.Optional(Cursor) }),
    },
  },
  getKeptAnnouncement: {
    summary: 'Gives an announcement with its versions, files and text messages',
    params: OfOne,
    responses: { 200: KeptAnnouncement },
  },
  getAnnouncementVersion: {
    summary: 'Gives one version as it was written',
    params: Closed({ announcementId: Id, version: IntegerId }),
    responses: { 200: AnnouncementVersion },
  },
  getKeptAnnouncementFile: {
    summary: 'Gives a picture or PDF file, also of a draft',
    params: Closed({ announcementId: Id, number: Type.String({ pattern: '^[1-9][0-9]?$' }) }),
    responses: { 200: FileBytes },
  },
  addAnnouncement: {
    summary: 'Begins an announcement as a draft',
    body: Closed({ requestId: RequestId, kind: AnnouncementKind, draft: WrittenAnnouncement }),
    responses: { 201: AnnouncementVersion },
  },
  /** `revision` is the one that was read; without an open version it begins the next one, and `revision` is 0. */
  saveAnnouncement: {
    summary: 'Saves the open version, or begins the next one',
    params: OfOne,
    body: Closed({
      revision: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
      draft: WrittenAnnouncement,
    }),
    responses: { 200: AnnouncementVersion },
  },
  dropAnnouncementDraft: {
    summary: 'Throws the open version away, and with it an announcement that was never released',
    params: OfOne,
    responses: { 204: Type.Null() },
  },
  previewAnnouncement: {
    summary: 'Makes of Markdown what readers would get, and keeps nothing',
    body: Closed({
      announcementId: Type.Optional(Id),
      statement: Lines({ maxLength: 80_000, examples: ['请**提前报备**。'] }),
    }),
    responses: { 200: Type.Object({ html: Shown('<p>请提前报备。</p>') }) },
  },
  addAnnouncementFile: {
    summary: 'Hangs a picture or PDF file on an announcement',
    params: OfOne,
    body: Closed({
      requestId: RequestId,
      name: NamingLine({ minLength: 1, maxLength: 120, examples: ['通告.pdf'] }),
      content: Type.String({
        minLength: 4,
        maxLength: 5_592_408,
        pattern: '^[A-Za-z0-9+/]+={0,2}$',
        examples: ['/9j/4AAQSkZJRg=='],
        description: 'base64 of a JPEG, PNG or PDF of at most 4 MiB',
      }),
    }),
    responses: { 201: AnnouncementFile },
  },
  proposeAnnouncementRelease: {
    summary: 'Asks a second person to release the open version',
    params: OfOne,
    body: Closed({
      requestId: RequestId,
      revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      evidence: Lines({ minLength: 2, maxLength: 500, examples: ['指挥部会议纪要'] }),
    }),
    responses: { 201: Type.Object({ proposalId: ProposalId }) },
  },
  estimateAnnouncementTexts: {
    summary: 'Says how many text messages a release would send, and how long that takes',
    responses: { 200: TextEstimate },
  },
  stopAnnouncementTexts: {
    summary: 'Stops the text messages of a release where they are',
    params: OfOne,
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300, examples: ['内容有误'] }) }),
    responses: { 200: KeptAnnouncement },
  },
  withdrawAnnouncement: {
    summary: 'Takes an announcement back; it stays readable with the reason',
    params: OfOne,
    body: Closed({
      reason: Lines({ minLength: 2, maxLength: 300, examples: ['内容有误'] }),
      reasonEn: Type.Optional(Line({ minLength: 2, maxLength: 600 })),
    }),
    responses: { 200: KeptAnnouncement },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
