import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface CallRow {
  call_id: string
  operator_id: string
  began_at: Date
  rang_seconds: number | null
  ended_at: Date | null
  wrap_up: string | null
}

const CALL = 'select call_id, operator_id, began_at, rang_seconds, ended_at, wrap_up from hotline_calls'

/** @returns false where this request was sent before, or a call of the operator is going on */
export const insertCall = async (
  tx: Transaction,
  call: { callId: string; operatorId: string; requestId: string; at: Date; rangSeconds: number | null },
): Promise<boolean> =>
  (
    await tx.query(
      `insert into hotline_calls (call_id, operator_id, request_id, began_at, rang_seconds)
       values ($1::uuid, $2::bigint, $3::uuid, $4::timestamptz, $5::smallint) on conflict do nothing`,
      [call.callId, call.operatorId, call.requestId, call.at, call.rangSeconds],
    )
  ).rowCount === 1

export const findCallOfRequest = async (
  db: Queryable,
  operatorId: string,
  requestId: string,
): Promise<CallRow | undefined> =>
  (
    await db.query<CallRow>(`${CALL} where operator_id = $1::bigint and request_id = $2::uuid`, [
      operatorId,
      requestId,
    ])
  ).rows[0]

export const findOpenCall = async (db: Queryable, operatorId: string): Promise<CallRow | undefined> =>
  (await db.query<CallRow>(`${CALL} where operator_id = $1::bigint and ended_at is null`, [operatorId]))
    .rows[0]

/** Held until commit. */
export const holdCall = async (tx: Transaction, callId: string): Promise<CallRow | undefined> =>
  (await tx.query<CallRow>(`${CALL} where call_id = $1::uuid for update`, [callId])).rows[0]

export const endCall = async (
  tx: Transaction,
  callId: string,
  end: { wrapUp: string; ticketId: string | null; at: Date },
): Promise<void> => {
  await tx.query(
    `update hotline_calls set ended_at = greatest(began_at, $4::timestamptz), wrap_up = $2::text, ticket_id = $3::uuid
     where call_id = $1::uuid and ended_at is null`,
    [callId, end.wrapUp, end.ticketId, end.at],
  )
}

/** What operators do at the desk is seen for so long. */
export const PRESENT_MINUTES = 3
/** What the exchange showed counts for so long. */
const WAITING_MINUTES = 10

export const noteSeen = async (
  tx: Transaction,
  seen: { operatorId: string; at: Date; waiting: number | null },
): Promise<void> => {
  await tx.query(
    `insert into hotline_presence (operator_id, seen_at, waiting, waiting_at)
     values ($1::bigint, $2::timestamptz, $3::int, case when $3::int is null then null else $2::timestamptz end)
     on conflict (operator_id) do update set seen_at = excluded.seen_at,
       waiting = coalesce(excluded.waiting, hotline_presence.waiting),
       waiting_at = coalesce(excluded.waiting_at, hotline_presence.waiting_at)`,
    [seen.operatorId, seen.at, seen.waiting],
  )
}

export interface LoadRow {
  present: number
  waiting: number | null
  waiting_at: Date | null
  tickets: number
}

/** Who is there, what waits on the line, and which tickets nobody but the hotline has. */
export const findLoad = async (db: Queryable, now: Date): Promise<LoadRow> => {
  const { rows } = await db.query<LoadRow>(
    `select
       (select count(*)::int from hotline_presence
        where seen_at > $1::timestamptz - interval '${PRESENT_MINUTES} minutes') as present,
       (select count(*)::int from tickets where state in ('new', 'returned') and merged_into is null) as tickets,
       w.waiting, w.waiting_at
     from (select 1) as one left join lateral (
       select waiting, waiting_at from hotline_presence
       where waiting_at > $1::timestamptz - interval '${WAITING_MINUTES} minutes' order by waiting_at desc limit 1) w on true`,
    [now],
  )
  return rows[0] ?? { present: 0, waiting: null, waiting_at: null, tickets: 0 }
}

/** What calls were about that ended since, most first. */
export const countWrapUps = async (db: Queryable, since: Date): Promise<{ key: string; calls: number }[]> =>
  (
    await db.query<{ key: string; calls: number }>(
      `select wrap_up as key, count(*)::int as calls from hotline_calls
       where ended_at >= $1::timestamptz group by wrap_up order by calls desc, wrap_up`,
      [since],
    )
  ).rows

/** By the hour of the city in which they began. */
export const countHours = async (db: Queryable, since: Date): Promise<{ hour: number; calls: number }[]> =>
  (
    await db.query<{ hour: number; calls: number }>(
      `select extract(hour from began_at at time zone 'Asia/Shanghai')::int as hour, count(*)::int as calls from hotline_calls
       where began_at >= $1::timestamptz group by 1 order by 1`,
      [since],
    )
  ).rows

export interface DayRow {
  calls: number
  timed: number
  in_time: number
  made: number
  answered: number
  late: number
}

/** Since an instant; `late`: answers are due before `now` and were not given. */
export const countDay = async (
  db: Queryable,
  { since, now, answerSeconds }: { since: Date; now: Date; answerSeconds: number },
): Promise<DayRow> => {
  const { rows } = await db.query<DayRow>(
    `select c.*, (select count(*)::int from tickets where submitted_at >= $1::timestamptz) as made,
       (select count(distinct ticket_id)::int from ticket_entries where step = 'answered' and at >= $1::timestamptz) as answered,
       (select count(*)::int from tickets where due_at < $2::timestamptz and state not in ('answered', 'closed')) as late
     from (select count(*)::int as calls, count(rang_seconds)::int as timed,
         (count(*) filter (where rang_seconds <= $3::int))::int as in_time
       from hotline_calls where began_at >= $1::timestamptz) c`,
    [since, now, answerSeconds],
  )
  return rows[0] ?? { calls: 0, timed: 0, in_time: 0, made: 0, answered: 0, late: 0 }
}
