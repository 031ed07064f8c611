import type { TextWaveState } from '@jiankangbao/domain/vocabulary/announcements'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { TextRecipient } from '../../people/account/text-people.ts'

export interface TextWaveRow {
  announcement_id: string
  version: number
  state: TextWaveState
  after_account: string
  total: number
  sent: number
  failed: number
  due_at: Date
  started_at: Date
  ended_at: Date | null
  stopped_by_name: string | null
  stop_reason: string | null
}

const WAVE = `select t.*, o.display_name as stopped_by_name from announcement_texts t left join operators o on o.operator_id = t.stopped_by`

/** The latest wave of an announcement. */
export const findTextWave = async (db: Queryable, announcementId: string): Promise<TextWaveRow | undefined> =>
  (
    await db.query<TextWaveRow>(
      `${WAVE} where t.announcement_id = $1::bigint order by t.version desc limit 1`,
      [announcementId],
    )
  ).rows[0]

// Every account of somebody whose number is still their own, but not of the dead and of those who moved away.
const IS_THERE = `a.number_left_at is null and a.person_id is not null
  and not exists (select from person_absences x where x.person_id = a.person_id)`

/** Phones that get texts. */
export const countRecipients = async (db: Queryable): Promise<number> =>
  (await db.query<{ count: number }>(`select count(*)::int as count from accounts a where ${IS_THERE}`))
    .rows[0]?.count ?? 0

export const insertWave = async (
  tx: Transaction,
  wave: { announcementId: string; version: number; total: number; dueAt: Date; at: Date },
): Promise<void> => {
  await tx.query(
    `insert into announcement_texts (announcement_id, version, state, total, due_at, started_at)
     values ($1::bigint, $2::int, 'running', $3::int, $4::timestamptz, $5::timestamptz) on conflict do nothing`,
    [wave.announcementId, wave.version, wave.total, wave.dueAt, wave.at],
  )
}

export interface DueWave extends TextWaveRow {
  title_zh: string
  title_en: string
  told: boolean
}

/** The wave that waits longest, left alone by others for `leaseSeconds`. */
export const takeWave = async (
  db: Queryable,
  now: Date,
  leaseSeconds: number,
): Promise<DueWave | undefined> =>
  (
    await db.query<DueWave>(
      `with due as (
         select announcement_id, version from announcement_texts where state = 'running' and due_at <= $1::timestamptz
         order by due_at limit 1 for update skip locked
       )
       update announcement_texts t set due_at = $1::timestamptz + make_interval(secs => $2::int)
       from due join announcements a using (announcement_id) join announcement_versions v using (announcement_id, version)
       where t.announcement_id = due.announcement_id and t.version = due.version
       returning t.*, null as stopped_by_name, v.title_zh, v.title_en,
         (a.withdrawn_at is null and (v.expires_at is null or v.expires_at > $1::timestamptz)) as told`,
      [now, leaseSeconds],
    )
  ).rows[0]

export const listRecipients = async (
  db: Queryable,
  afterAccount: string,
  limit: number,
): Promise<TextRecipient[]> =>
  (
    await db.query<TextRecipient>(
      `select account_id, phone_encrypted from accounts a
       where account_id > $1::bigint and ${IS_THERE} order by account_id limit $2::int`,
      [afterAccount, limit],
    )
  ).rows

type WaveKey = Pick<TextWaveRow, 'announcement_id' | 'version'>

/** What was sent counts, also where the wave was stopped meanwhile. */
export const settleBatch = async (
  db: Queryable,
  wave: WaveKey,
  done: { afterAccount: string; sent: number; failed: number; on: string; dueAt: Date },
): Promise<void> => {
  await db.query(
    `update announcement_texts set after_account = $3::bigint, sent = sent + $4::int, failed = failed + $5::int,
       sent_that_day = case when sent_on = $6::date then sent_that_day else 0 end + $4::int, sent_on = $6::date, due_at = $7::timestamptz
     where announcement_id = $1::bigint and version = $2::int`,
    [wave.announcement_id, wave.version, done.afterAccount, done.sent, done.failed, done.on, done.dueAt],
  )
}

export const putOff = async (db: Queryable, wave: WaveKey, until: Date): Promise<void> => {
  await db.query(
    `update announcement_texts set due_at = $3::timestamptz where announcement_id = $1::bigint and version = $2::int`,
    [wave.announcement_id, wave.version, until],
  )
}

export const endWave = async (
  db: Queryable,
  wave: WaveKey,
  state: 'done' | 'dropped',
  at: Date,
): Promise<void> => {
  await db.query(
    `update announcement_texts set state = $3::text, ended_at = $4::timestamptz
     where announcement_id = $1::bigint and version = $2::int and state = 'running'`,
    [wave.announcement_id, wave.version, state, at],
  )
}

/** @returns false where none runs */
export const stopWaves = async (
  tx: Transaction,
  announcementId: string,
  stop: { by: string; at: Date; reason: string },
): Promise<{ version: number; sent: number; total: number }[]> =>
  (
    await tx.query<{ version: number; sent: number; total: number }>(
      `update announcement_texts set state = 'stopped', ended_at = $3::timestamptz, stopped_by = $2::bigint, stop_reason = $4::text
       where announcement_id = $1::bigint and state = 'running' returning version, sent, total`,
      [announcementId, stop.by, stop.at, stop.reason],
    )
  ).rows
