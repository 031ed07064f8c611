import type { RoundTellingState } from '@jiankangbao/domain/testing/round'
import { arrayLiteral } from '../../../db/array-literal.ts'
import { notifyMany } from '../../../db/notify.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { insertNoticesOf } from '../../ledger/notice/notice.queries.ts'
import type { TextRecipient } from '../../people/account/text-people.ts'
import { type RoundScope, WANTED_NOW, wantedParameters } from '../round/wanted.queries.ts'

export interface TellingRow {
  round_id: string
  state: RoundTellingState
  per_wave: number
  every_minutes: number
  texts: boolean
  total: number | null
  told: number
  texts_sent: number
  texts_failed: number
  waves: number
  wave_left: number
  wave_at: Date | null
  due_at: Date
  begun_at: Date
  begun_by_name: string
  ended_at: Date | null
  stopped_by_name: string | null
  stop_reason: string | null
}

export const findTelling = async (db: Queryable, roundId: string): Promise<TellingRow | undefined> =>
  (
    await db.query<TellingRow>(
      `select t.*, b.display_name as begun_by_name, s.display_name as stopped_by_name
       from round_tellings t join operators b on b.operator_id = t.begun_by left join operators s on s.operator_id = t.stopped_by
       where t.round_id = $1::bigint`,
      [roundId],
    )
  ).rows[0]

export interface NewTelling {
  roundId: string
  perWave: number
  everyMinutes: number
  texts: boolean
  by: string
  at: Date
}

/** Begins, or goes on after a stop. @returns false where one runs or has ended */
export const putTelling = async (tx: Transaction, telling: NewTelling): Promise<boolean> =>
  ((
    await tx.query(
      `insert into round_tellings (round_id, per_wave, every_minutes, texts, due_at, begun_by, begun_at)
       values ($1::bigint, $2::int, $3::smallint, $4::boolean, $6::timestamptz, $5::bigint, $6::timestamptz)
       on conflict (round_id) do update set state = 'running', per_wave = excluded.per_wave, every_minutes = excluded.every_minutes,
         texts = excluded.texts, due_at = excluded.due_at, wave_left = 0, ended_at = null, stopped_by = null, stop_reason = null
       where round_tellings.state = 'stopped'`,
      [telling.roundId, telling.perWave, telling.everyMinutes, telling.texts, telling.by, telling.at],
    )
  ).rowCount ?? 0) > 0

/** @returns false where none runs */
export const stopTelling = async (
  tx: Transaction,
  roundId: string,
  stop: { by: string; reason: string; at: Date },
): Promise<boolean> =>
  ((
    await tx.query(
      `update round_tellings set state = 'stopped', ended_at = $4::timestamptz, stopped_by = $2::bigint, stop_reason = $3::text
       where round_id = $1::bigint and state = 'running'`,
      [roundId, stop.by, stop.reason, stop.at],
    )
  ).rowCount ?? 0) > 0

/** The telling that waits longest, left alone by others for `leaseSeconds`. */
export const takeTelling = async (
  db: Queryable,
  now: Date,
  leaseSeconds: number,
): Promise<TellingRow | undefined> =>
  (
    await db.query<TellingRow>(
      `with due as (
         select round_id from round_tellings where state = 'running' and due_at <= $1::timestamptz
         order by due_at limit 1 for update skip locked
       )
       update round_tellings t set due_at = $1::timestamptz + make_interval(secs => $2::int)
       from due where t.round_id = due.round_id returning t.*, '' as begun_by_name, null as stopped_by_name`,
      [now, leaseSeconds],
    )
  ).rows[0]

/** Whoever the round still waits for: their own account, or those of whoever looks after somebody without one. */
export const gatherRecipients = async (tx: Transaction, round: RoundScope, now: Date): Promise<void> => {
  await tx.query(
    `with ${WANTED_NOW}
     insert into round_recipients (round_id, account_id)
     select $1::bigint, a.account_id from waited w join accounts a using (person_id)
     union
     select $1::bigint, m.account_id from waited w join members m using (person_id)
     where m.removed_at is null and not exists (select from accounts a where a.person_id = w.person_id)
     on conflict do nothing`,
    wantedParameters(round),
  )
  await tx.query(
    `update round_tellings set total = (select count(*)::int from round_recipients where round_id = $1::bigint), due_at = $2::timestamptz
     where round_id = $1::bigint`,
    [round.round_id, now],
  )
}

export interface Recipient extends TextRecipient {
  /** A number that somebody else has by now gets no text. */
  is_own_number: boolean
}

export const listRecipients = async (db: Queryable, roundId: string, limit: number): Promise<Recipient[]> =>
  (
    await db.query<Recipient>(
      `select r.account_id, a.phone_encrypted, a.number_left_at is null as is_own_number
       from round_recipients r join accounts a using (account_id) where r.round_id = $1::bigint order by r.account_id limit $2::int`,
      [roundId, limit],
    )
  ).rows

export interface ToldWave {
  accountIds: string[]
  sent: number
  failed: number
  waveLeft: number
  isNewWave: boolean
  dueAt: Date
  at: Date
  on: string
  notice: Record<string, string>
}

/** A notice to each, and what was done counts, also where somebody stopped it meanwhile. */
export const settleTold = async (tx: Transaction, roundId: string, wave: ToldWave): Promise<void> => {
  await tx.query(
    `with told as (
       delete from round_recipients where round_id = $1::bigint and account_id = any($2::bigint[]) returning account_id
     ), written as (
       ${insertNoticesOf(`select t.account_id, 'round_told', $3::jsonb, $4::timestamptz from told t`)}
     ), woken as (select distinct account_id as id from written)
     ${notifyMany('notice', 'woken')}`,
    [roundId, arrayLiteral(wave.accountIds), JSON.stringify(wave.notice), wave.at],
  )
  await tx.query(
    `update round_tellings set told = told + $2::int, texts_sent = texts_sent + $3::int, texts_failed = texts_failed + $4::int,
       texts_that_day = case when texts_on = $5::date then texts_that_day else 0 end + $3::int, texts_on = $5::date,
       wave_left = $6::int, waves = waves + $7::int, wave_at = case when $7::int = 1 then $8::timestamptz else wave_at end,
       due_at = case when state = 'running' then $9::timestamptz else due_at end
     where round_id = $1::bigint`,
    [
      roundId,
      wave.accountIds.length,
      wave.sent,
      wave.failed,
      wave.on,
      wave.waveLeft,
      wave.isNewWave ? 1 : 0,
      wave.at,
      wave.dueAt,
    ],
  )
}

export const putOff = async (db: Queryable, roundId: string, until: Date): Promise<void> => {
  await db.query(
    `update round_tellings set due_at = $2::timestamptz where round_id = $1::bigint and state = 'running'`,
    [roundId, until],
  )
}

export const endTelling = async (
  tx: Transaction,
  roundId: string,
  state: 'done' | 'dropped',
  at: Date,
): Promise<void> => {
  await tx.query(`delete from round_recipients where round_id = $1::bigint`, [roundId])
  await tx.query(
    `update round_tellings set state = $2::text, ended_at = $3::timestamptz where round_id = $1::bigint and state = 'running'`,
    [roundId, state, at],
  )
}
