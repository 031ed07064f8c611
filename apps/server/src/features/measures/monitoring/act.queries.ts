import { divisionPrefix } from '@jiankangbao/domain/division'
import type { FollowUpEvent, FollowUpState, Look, StayKind } from '@jiankangbao/domain/vocabulary/follow-ups'
import { arrayLiteral } from '../../../db/array-literal.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeIds } from '../../../db/take-ids.ts'

export interface HeldRow {
  follow_up_id: string
  person_id: string
  state: FollowUpState
  version: number
  division_code: string | null
  offered_to: string | null
  /** Responsible for it: the own division, or of the city one without any. */
  is_own: boolean
  is_offered_here: boolean
  /** This request wrote a line of it before. */
  is_repeat: boolean
  is_last: boolean
}

/** Holds these follow-ups until commit, in one order for everybody; those out of sight are left out. */
export const lockFollowUps = async (
  tx: Transaction,
  scope: { divisionCode: string; isCity: boolean },
  followUpIds: string[],
  request: { operatorId: string; requestId: string },
): Promise<Map<string, HeldRow>> => {
  const { rows } = await tx.query<HeldRow>(
    `select f.follow_up_id, f.person_id, f.state, f.version, f.division_code, f.offered_to,
       coalesce(starts_with(f.division_code, $2::text), $3::boolean) as is_own,
       coalesce(starts_with(f.offered_to, $2::text), false) as is_offered_here,
       exists (select from follow_up_events e where e.operator_id = $4::bigint and e.request_id = $5::uuid and e.follow_up_id = f.follow_up_id) as is_repeat,
       not exists (select from follow_ups l where l.person_id = f.person_id and l.follow_up_id > f.follow_up_id) as is_last
     from follow_ups f where f.follow_up_id = any($1::bigint[]) order by f.follow_up_id for update of f`,
    [
      arrayLiteral(followUpIds),
      divisionPrefix(scope.divisionCode),
      scope.isCity,
      request.operatorId,
      request.requestId,
    ],
  )
  return new Map(
    rows.filter((row) => row.is_own || row.is_offered_here).map((row) => [row.follow_up_id, row]),
  )
}

export interface Written {
  followUpIds: string[]
  at: Date
  event: FollowUpEvent
  operatorId: string
  requestId: string
  noteEncrypted?: ((eventId: string) => Buffer) | undefined
  details?: object
}

/** One line in the history of each; never instead of another. */
export const insertEvents = async (tx: Transaction, written: Written): Promise<void> => {
  const { followUpIds, noteEncrypted } = written
  const eventIds = await takeIds(tx, 'follow_up_events', 'event_id', followUpIds.length)
  await tx.query(
    `insert into follow_up_events (event_id, follow_up_id, at, event, operator_id, request_id, note_encrypted, details) overriding system value
     select n.event_id, n.follow_up_id, $2::timestamptz, $3::text, $4::bigint, $5::uuid, n.note, $7::jsonb
     from unnest($8::bigint[], $1::bigint[], $6::bytea[]) n(event_id, follow_up_id, note)
     on conflict (operator_id, request_id, follow_up_id) do nothing`,
    [
      arrayLiteral(followUpIds),
      written.at,
      written.event,
      written.operatorId,
      written.requestId,
      eventIds.map((eventId) => noteEncrypted?.(eventId) ?? null),
      JSON.stringify(written.details ?? {}),
      arrayLiteral(eventIds),
    ],
  )
}

/** How a look went. Somebody given up as lost who is reached is looked after again. */
export const updateLooks = async (
  tx: Transaction,
  followUpIds: string[],
  look: Look,
  now: Date,
): Promise<void> => {
  await tx.query(
    `update follow_ups set look = $2::text, looked_at = $3::timestamptz,
       reached_at = case when $2::text in ('well', 'ill') then $3::timestamptz else reached_at end,
       version = version + case when state = 'open' then 0 else 1 end, state = 'open', ended_at = null
     where follow_up_id = any($1::bigint[])`,
    [arrayLiteral(followUpIds), look, now],
  )
}

export const endFollowUp = async (
  tx: Transaction,
  followUpId: string,
  as: 'overdue' | 'lost',
  now: Date,
): Promise<void> => {
  await tx.query(
    `update follow_ups set state = $2::text, ended_at = $3::timestamptz, offered_to = null, offered_at = null, version = version + 1
     where follow_up_id = $1::bigint`,
    [followUpId, as, now],
  )
}

export const updateStay = async (
  tx: Transaction,
  followUpId: string,
  stay: StayKind,
  placeEncrypted: Buffer | null,
): Promise<void> => {
  await tx.query(
    `update follow_ups set stay = $2::text, stay_encrypted = $3::bytea, version = version + 1 where follow_up_id = $1::bigint`,
    [followUpId, stay, placeEncrypted],
  )
}

/** What somebody looked after declares of their health ticks them off; nothing happens for anybody else. */
export const noteDeclared = async (
  tx: Transaction,
  declared: {
    personId: string
    at: Date
    ill: boolean
    temperatureEncrypted: ((followUpId: string) => Buffer) | undefined
  },
): Promise<void> => {
  const { rows } = await tx.query<{ follow_up_id: string }>(
    `select follow_up_id from follow_ups
     where person_id = coalesce((select kept_person_id from person_unions where person_id = $1::bigint), $1::bigint) and state = 'open'
     for update`,
    [declared.personId],
  )
  for (const { follow_up_id: followUpId } of rows)
    await tx.query(
      `update follow_ups set declared_at = $2::timestamptz, declared_ill = $3::boolean,
         temperature_encrypted = coalesce($4::bytea, temperature_encrypted) where follow_up_id = $1::bigint`,
      [followUpId, declared.at, declared.ill, declared.temperatureEncrypted?.(followUpId) ?? null],
    )
}

export const findDivisionName = async (db: Queryable, code: string): Promise<string> =>
  (
    await db.query<{ name: string | null }>(
      `select string_agg(name, '' order by length(code)) as name from divisions where code in ($1::text, left($1::text, 9), left($1::text, 6))`,
      [code],
    )
  ).rows[0]?.name ?? code

export const deleteEndedBefore = async (
  tx: Transaction,
  before: Date,
  limit: number,
): Promise<{ count: number; from: Date; to: Date; hash: string } | undefined> =>
  (
    await tx.query(
      `with gone as (
         delete from follow_ups where follow_up_id in (select follow_up_id from follow_ups where ended_at < $1::timestamptz order by ended_at limit $2::int)
         returning follow_up_id, state, ended_at)
       select count(*)::int as count, min(ended_at) as "from", max(ended_at) as "to",
         encode(sha256(convert_to(string_agg(follow_up_id || ':' || state, ',' order by follow_up_id), 'UTF8')), 'hex') as hash
       from gone having count(*) > 0`,
      [before, limit],
    )
  ).rows[0]
