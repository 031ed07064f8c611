import type { Board, Counts } from '@jiankangbao/contracts/board/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** Raised with every change of what a picture consists of: a process shows none that it does not know. */
const FORM = 1

/** Holds the job until commit: of several processes one counts, the others go on. */
export const holdBoard = async (tx: Transaction): Promise<boolean> =>
  (
    await tx.query<{ held: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext('jiankangbao board')) as held`,
    )
  ).rows[0]?.held === true

/** What was counted slowly, as it was counted last. */
export interface Slow {
  at: Date
  parts: Record<string, Record<string, number | string | null>>
}

export const listSlow = async (db: Queryable): Promise<Map<string, Slow>> =>
  new Map(
    (
      await db.query<{ area_code: string; slowly_counted_at: Date; slow: Slow['parts'] }>(
        `select area_code, slowly_counted_at, slow from board_pictures`,
      )
    ).rows.map((row) => [row.area_code, { at: row.slowly_counted_at, parts: row.slow }]),
  )

export const upsertPicture = async (tx: Transaction, picture: Board, slow: Slow): Promise<void> => {
  await tx.query(
    `insert into board_pictures (area_code, counted_at, slowly_counted_at, slow, form, picture)
     values ($1::text, $2::timestamptz, $3::timestamptz, $4::jsonb, ${FORM}, $5::jsonb)
     on conflict (area_code) do update set counted_at = excluded.counted_at, slowly_counted_at = excluded.slowly_counted_at,
       slow = excluded.slow, form = excluded.form, picture = excluded.picture`,
    [picture.area.code, picture.countedAt, slow.at, JSON.stringify(slow.parts), JSON.stringify(picture)],
  )
}

/** When the city was counted last; undefined where that was another form of picture. */
export const findCountedAt = async (db: Queryable, cityCode: string): Promise<Date | undefined> =>
  (
    await db.query<{ counted_at: Date }>(
      `select counted_at from board_pictures where area_code = $1::text and form = ${FORM}`,
      [cityCode],
    )
  ).rows[0]?.counted_at

export const findPicture = async (db: Queryable, areaCode: string): Promise<Board | undefined> =>
  (
    await db.query<{ picture: Board }>(
      `select picture from board_pictures where area_code = $1::text and form = ${FORM}`,
      [areaCode],
    )
  ).rows[0]?.picture

export const upsertDay = async (
  tx: Transaction,
  areaCode: string,
  day: string,
  people: Counts,
): Promise<void> => {
  await tx.query(
    `insert into board_days (area_code, on_day, people) values ($1::text, $2::date, $3::jsonb)
     on conflict (area_code, on_day) do update set people = excluded.people`,
    [areaCode, day, JSON.stringify(people)],
  )
}

export const purgeDays = async (tx: Transaction, now: Date): Promise<void> => {
  await tx.query(
    `delete from board_days where on_day < ($1::timestamptz at time zone 'Asia/Shanghai')::date - 40`,
    [now],
  )
}

export interface DayRow {
  area_code: string
  day: string
  people: Counts
}

export const listDays = async (db: Queryable, from: string): Promise<DayRow[]> =>
  (
    await db.query<DayRow>(
      `select area_code, on_day as day, people from board_days where on_day >= $1::date order by on_day`,
      [from],
    )
  ).rows
