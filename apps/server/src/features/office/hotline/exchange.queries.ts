import type { Queryable } from '../../../db/pool.ts'
import type { ExchangeReading } from '../../../outside/exchange.ts'

/** Takes the turn to ask, where nobody asked since: of several processes one does. */
export const claimAsking = async (db: Queryable, now: Date, before: Date): Promise<boolean> =>
  (
    await db.query(
      `update hotline_exchange set asked_at = $1::timestamptz
       where asked_at is null or asked_at <= $2::timestamptz or asked_at > $1::timestamptz`,
      [now, before],
    )
  ).rowCount === 1

/** An older reading that comes late changes nothing. */
export const keepReading = async (db: Queryable, reading: ExchangeReading): Promise<void> => {
  await db.query(
    `update hotline_exchange set measured_at = $1::timestamptz, waiting = $2::int, longest_wait_seconds = $3::int, agents = $4::int,
       ready = $5::int, offered = $6::int, answered = $7::int, answered_in_time = $8::int, answer_seconds = $9::smallint
     where measured_at is null or measured_at < $1::timestamptz`,
    [
      reading.measuredAt,
      reading.waiting,
      reading.longestWaitSeconds,
      reading.agents,
      reading.ready,
      reading.offered,
      reading.answered,
      reading.answeredInTime,
      reading.answerSeconds,
    ],
  )
}

/** What it told last; undefined where it never did. */
export const findReading = async (db: Queryable): Promise<ExchangeReading | undefined> =>
  (
    await db.query<ExchangeReading>(
      `select measured_at as "measuredAt", waiting, longest_wait_seconds as "longestWaitSeconds", agents, ready, offered, answered,
         answered_in_time as "answeredInTime", answer_seconds as "answerSeconds"
       from hotline_exchange where measured_at is not null`,
    )
  ).rows[0]
