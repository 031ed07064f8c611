import type { PolicyRow } from '@jiankangbao/domain/announcement/policy'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type {
  AnnouncementAudience,
  AnnouncementKind,
  AnnouncementStanding,
  VersionState,
} from '@jiankangbao/domain/vocabulary/announcements'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** What an announcement is, beside its versions. */
interface HeadColumns {
  announcement_id: string
  kind: AnnouncementKind
  division_code: string
  division_name: string
  made_by_name: string
  made_at: Date
  withdrawn_at: Date | null
  withdrawn_by_name: string | null
  withdrawal_reason_zh: string | null
  withdrawal_reason_en: string | null
}

export interface HeadRow extends HeadColumns {
  standing: AnnouncementStanding
}

export interface VersionRow extends HeadColumns {
  version: number
  /** A proposal that ran out leaves a draft. */
  state: VersionState
  revision: number
  title_zh: string
  title_en: string
  body_zh: string
  body_en: string
  html_zh: string
  html_en: string
  issued_by_zh: string
  issued_by_en: string
  number: string | null
  issued_on: string
  source_url: string | null
  urgent: boolean
  audience: AnnouncementAudience
  division_codes: string[]
  venue_kinds: VenueKind[]
  publish_at: Date | null
  expires_at: Date | null
  policy_rows: PolicyRow[]
  change_note_zh: string | null
  change_note_en: string | null
  send_texts: boolean
  edited_by: string
  edited_by_name: string
  edited_at: Date
  proposal_id: string | null
  released_by_name: string | null
  released_at: Date | null
}

const HEAD = `a.announcement_id, a.kind, a.division_code, d.name as division_name, m.display_name as made_by_name, a.made_at,
    a.withdrawn_at, w.display_name as withdrawn_by_name, a.withdrawal_reason_zh, a.withdrawal_reason_en`
const HEAD_FROM = `announcements a join divisions d on d.code = a.division_code
  join operators m on m.operator_id = a.made_by left join operators w on w.operator_id = a.withdrawn_by`

const VERSION = `select ${HEAD}, v.version,
    case when v.state = 'proposed' and not exists (
      select from proposals p where p.proposal_id = v.proposal_id and p.state = 'open' and p.expires_at > $1::timestamptz)
      then 'draft' else v.state end as state,
    v.revision, v.title_zh, v.title_en, v.body_zh, v.body_en, v.html_zh, v.html_en, v.issued_by_zh, v.issued_by_en, v.number,
    v.issued_on::text as issued_on, v.source_url, v.urgent, v.audience, v.division_codes, v.venue_kinds, v.publish_at, v.expires_at,
    v.policy_rows, v.change_note_zh, v.change_note_en, v.send_texts, v.edited_by, e.display_name as edited_by_name, v.edited_at,
    v.proposal_id, r.display_name as released_by_name, v.released_at
  from ${HEAD_FROM} join announcement_versions v using (announcement_id)
  join operators e on e.operator_id = v.edited_by left join operators r on r.operator_id = v.released_by`

/** The version of each that is told now or was last: the newest released one whose time has come. */
const TOLD = `v.state = 'released' and coalesce(v.publish_at, v.released_at) <= $1::timestamptz
  and not exists (select from announcement_versions l where l.announcement_id = v.announcement_id and l.version > v.version
    and l.state = 'released' and coalesce(l.publish_at, l.released_at) <= $1::timestamptz)`

/** As `standingOf` of the view says it, for filters. */
const STANDING = `case when a.withdrawn_at is not null then 'withdrawn'
    when exists (select from announcement_versions v where v.announcement_id = a.announcement_id and ${TOLD}) then
      case when exists (select from announcement_versions v where v.announcement_id = a.announcement_id and ${TOLD}
        and v.expires_at <= $1::timestamptz) then 'expired' else 'current' end
    when exists (select from announcement_versions v where v.announcement_id = a.announcement_id and v.state = 'released') then 'coming'
    else 'unreleased' end`

/** What is told now, withdrawn since `withdrawnSince` and not expired; newest first. */
export const listTold = async (
  db: Queryable,
  now: Date,
  withdrawnSince: Date,
  limit: number,
): Promise<VersionRow[]> =>
  (
    await db.query<VersionRow>(
      `${VERSION} where ${TOLD} and (v.expires_at is null or v.expires_at > $1::timestamptz)
         and (a.withdrawn_at is null or a.withdrawn_at > $2::timestamptz)
       order by coalesce(v.publish_at, v.released_at) desc, a.announcement_id desc limit $3::int`,
      [now, withdrawnSince, limit],
    )
  ).rows

/** As it is told now or was last; undefined for what was never told. */
export const findTold = async (
  db: Queryable,
  now: Date,
  announcementId: string,
): Promise<VersionRow | undefined> =>
  (
    await db.query<VersionRow>(`${VERSION} where a.announcement_id = $2::bigint and ${TOLD}`, [
      now,
      announcementId,
    ])
  ).rows[0]

/** Every version, the latest first. */
export const listVersions = async (db: Queryable, now: Date, announcementId: string): Promise<VersionRow[]> =>
  (
    await db.query<VersionRow>(`${VERSION} where a.announcement_id = $2::bigint order by v.version desc`, [
      now,
      announcementId,
    ])
  ).rows

export const findHead = async (
  db: Queryable,
  now: Date,
  announcementId: string,
): Promise<HeadRow | undefined> =>
  (
    await db.query<HeadRow>(
      `select ${HEAD}, ${STANDING} as standing from ${HEAD_FROM} where a.announcement_id = $2::bigint`,
      [now, announcementId],
    )
  ).rows[0]

/** Holds an announcement until commit: whoever changes its versions comes one after the other. */
export const holdAnnouncement = async (tx: Transaction, announcementId: string): Promise<boolean> =>
  (
    await tx.query('select from announcements where announcement_id = $1::bigint for update', [
      announcementId,
    ])
  ).rowCount === 1

export interface KeptFilter {
  divisionPrefix: string
  kind: AnnouncementKind | null
  standing: AnnouncementStanding | null
  search: string | null
  beforeId: string | null
  limit: number
}

/** Newest first, each with its newest version. */
export const listKept = async (
  db: Queryable,
  now: Date,
  filter: KeptFilter,
): Promise<(VersionRow & { standing: AnnouncementStanding })[]> =>
  (
    await db.query<VersionRow & { standing: AnnouncementStanding }>(
      `select * from (
         select x.*, (select ${STANDING} from announcements a where a.announcement_id = x.announcement_id) as standing
         from (${VERSION}) x
         where x.version = (select max(l.version) from announcement_versions l where l.announcement_id = x.announcement_id)
           and x.division_code like $2::text || '%' and ($3::text is null or x.kind = $3::text)
           and ($4::text is null or strpos(lower(x.title_zh || ' ' || x.title_en || ' ' || coalesce(x.number, '')), $4::text) > 0)
           and ($5::bigint is null or x.announcement_id < $5::bigint)) k
       where $6::text is null or k.standing = $6::text
       order by k.announcement_id desc limit $7::int`,
      [
        now,
        filter.divisionPrefix,
        filter.kind,
        filter.search,
        filter.beforeId,
        filter.standing,
        filter.limit,
      ],
    )
  ).rows

export const insertAnnouncement = async (
  tx: Transaction,
  made: { kind: AnnouncementKind; divisionCode: string; by: string; at: Date; requestId: string },
): Promise<string | undefined> =>
  (
    await tx.query<{ announcement_id: string }>(
      `insert into announcements (kind, division_code, made_by, made_at, request_id)
       values ($1::text, $2::text, $3::bigint, $4::timestamptz, $5::uuid) on conflict do nothing returning announcement_id`,
      [made.kind, made.divisionCode, made.by, made.at, made.requestId],
    )
  ).rows[0]?.announcement_id

export const findOfRequest = async (
  db: Queryable,
  by: string,
  requestId: string,
): Promise<{ announcement_id: string; kind: AnnouncementKind } | undefined> =>
  (
    await db.query<{ announcement_id: string; kind: AnnouncementKind }>(
      `select announcement_id, kind from announcements where made_by = $1::bigint and request_id = $2::uuid`,
      [by, requestId],
    )
  ).rows[0]

export type VersionFields = Pick<
  VersionRow,
  | 'title_zh'
  | 'title_en'
  | 'body_zh'
  | 'body_en'
  | 'html_zh'
  | 'html_en'
  | 'issued_by_zh'
  | 'issued_by_en'
  | 'number'
  | 'issued_on'
  | 'source_url'
  | 'urgent'
  | 'audience'
  | 'division_codes'
  | 'venue_kinds'
  | 'publish_at'
  | 'expires_at'
  | 'policy_rows'
  | 'change_note_zh'
  | 'change_note_en'
  | 'send_texts'
>

const COLUMNS = `title_zh, title_en, body_zh, body_en, html_zh, html_en, issued_by_zh, issued_by_en, number, issued_on, source_url,
  urgent, audience, division_codes, venue_kinds, publish_at, expires_at, policy_rows, change_note_zh, change_note_en, send_texts`
const PLACES = `$5::text, $6::text, $7::text, $8::text, $9::text, $10::text, $11::text, $12::text, $13::text, $14::date, $15::text,
  $16::boolean, $17::text, $18::text[], $19::text[], $20::timestamptz, $21::timestamptz, $22::jsonb, $23::text, $24::text, $25::boolean`

const valuesOf = (fields: VersionFields): unknown[] => [
  fields.title_zh,
  fields.title_en,
  fields.body_zh,
  fields.body_en,
  fields.html_zh,
  fields.html_en,
  fields.issued_by_zh,
  fields.issued_by_en,
  fields.number,
  fields.issued_on,
  fields.source_url,
  fields.urgent,
  fields.audience,
  fields.division_codes,
  fields.venue_kinds,
  fields.publish_at,
  fields.expires_at,
  JSON.stringify(fields.policy_rows),
  fields.change_note_zh,
  fields.change_note_en,
  fields.send_texts,
]

interface Edit {
  announcementId: string
  version: number
  by: string
  at: Date
}

export const insertVersion = async (tx: Transaction, edit: Edit, fields: VersionFields): Promise<void> => {
  await tx.query(
    `insert into announcement_versions (announcement_id, version, state, edited_by, edited_at, ${COLUMNS})
     values ($1::bigint, $2::int, 'draft', $3::bigint, $4::timestamptz, ${PLACES})`,
    [edit.announcementId, edit.version, edit.by, edit.at, ...valuesOf(fields)],
  )
}

/** The open version; its proposal, if it had one, is over. */
export const updateVersion = async (tx: Transaction, edit: Edit, fields: VersionFields): Promise<void> => {
  await tx.query(
    `update announcement_versions set state = 'draft', proposal_id = null, revision = revision + 1, edited_by = $3::bigint,
       edited_at = $4::timestamptz, (${COLUMNS}) = (${PLACES})
     where announcement_id = $1::bigint and version = $2::int and state <> 'released'`,
    [edit.announcementId, edit.version, edit.by, edit.at, ...valuesOf(fields)],
  )
}

export const deleteVersion = async (
  tx: Transaction,
  announcementId: string,
  version: number,
): Promise<void> => {
  await tx.query(
    `delete from announcement_versions where announcement_id = $1::bigint and version = $2::int and state <> 'released'`,
    [announcementId, version],
  )
}

/** Only what no proposal was ever about goes for good. */
export const deleteAnnouncement = async (tx: Transaction, announcementId: string): Promise<void> => {
  await tx.query(
    `delete from announcements a where announcement_id = $1::bigint
       and not exists (select from announcement_versions v where v.announcement_id = a.announcement_id)
       and not exists (select from proposals p where p.announcement_id = a.announcement_id)`,
    [announcementId],
  )
}

export const markProposed = async (
  tx: Transaction,
  announcementId: string,
  version: number,
  proposalId: string,
): Promise<void> => {
  await tx.query(
    `update announcement_versions set state = 'proposed', proposal_id = $3::bigint
     where announcement_id = $1::bigint and version = $2::int and state <> 'released'`,
    [announcementId, version, proposalId],
  )
}

/** The proposal ended without a release. */
export const markDraft = async (tx: Transaction, announcementId: string, version: number): Promise<void> => {
  await tx.query(
    `update announcement_versions set state = 'draft'
     where announcement_id = $1::bigint and version = $2::int and state = 'proposed'`,
    [announcementId, version],
  )
}

export const markReleased = async (
  tx: Transaction,
  announcementId: string,
  version: number,
  by: string,
  at: Date,
): Promise<void> => {
  await tx.query(
    `update announcement_versions set state = 'released', released_by = $3::bigint, released_at = $4::timestamptz
     where announcement_id = $1::bigint and version = $2::int and state = 'proposed'`,
    [announcementId, version, by, at],
  )
}

/** @returns false where it was withdrawn already */
export const markWithdrawn = async (
  tx: Transaction,
  announcementId: string,
  end: { by: string; at: Date; reasonZh: string; reasonEn: string | null },
): Promise<boolean> =>
  (
    await tx.query(
      `update announcements set withdrawn_by = $2::bigint, withdrawn_at = $3::timestamptz, withdrawal_reason_zh = $4::text,
         withdrawal_reason_en = $5::text
       where announcement_id = $1::bigint and withdrawn_at is null`,
      [announcementId, end.by, end.at, end.reasonZh, end.reasonEn],
    )
  ).rowCount === 1
