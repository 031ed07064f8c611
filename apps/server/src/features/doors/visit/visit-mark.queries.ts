import type { Queryable, Transaction } from '../../../db/pool.ts'

/** One visit as the tables of marks name it. */
export interface MarkedVisit {
  person_id: string
  visited_on: string
  request_key: string
}

export interface OwnScanRow extends MarkedVisit {
  visited_at: Date
  is_far: boolean
  is_unlocated: boolean
  latitude: number | null
  longitude: number | null
}

const DAYS = `v.visited_on between ($3::timestamptz at time zone 'Asia/Shanghai')::date - 1 and ($3::timestamptz at time zone 'Asia/Shanghai')::date`

/** Every visit of one scan of the last day: the holder's own and those of the people it was made for. */
export const findScan = async (
  db: Queryable,
  holderId: string,
  scanId: string,
  now: Date,
): Promise<OwnScanRow[]> => {
  const { rows } = await db.query<OwnScanRow>(
    `with people as (
       select $1::bigint as person_id
       union select unnest(person_ids) from visit_parties where person_id = $1::bigint and request_key = request_key($2::uuid)
     )
     select v.person_id, v.visited_on::text, v.request_key, v.visited_at, v.is_far, v.is_unlocated, ve.latitude, ve.longitude
     from people join traced_visits v on v.person_id = people.person_id and v.request_key = request_key($2::uuid) and ${DAYS}
     join venue_points pt on pt.point_id = v.point_id join venues ve on ve.venue_id = pt.venue_id`,
    [holderId, scanId, now],
  )
  return rows
}

/** Only the first position of a visit is kept. */
export const insertPositions = async (
  tx: Transaction,
  visits: MarkedVisit[],
  isFar: boolean,
  now: Date,
): Promise<void> => {
  await tx.query(
    `insert into visit_positions (person_id, visited_on, request_key, is_far, located_at)
     select person_id, visited_on, request_key, $2::boolean, $3::timestamptz
     from jsonb_to_recordset($1::jsonb) as v(person_id bigint, visited_on date, request_key bigint) on conflict do nothing`,
    [
      JSON.stringify(
        visits.map(({ person_id, visited_on, request_key }) => ({ person_id, visited_on, request_key })),
      ),
      isFar,
      now,
    ],
  )
}

export interface StatedVisitRow extends MarkedVisit {
  visited_at: Date
  point_id: number
  withdrawn_at: Date | null
}

const STATED = `select v.person_id, v.visited_on::text, v.request_key, v.visited_at, v.point_id, v.withdrawn_at
  from visit_parties pa join traced_visits v on v.visited_on = pa.visited_on and v.request_key = pa.request_key`

/** Either the key of the request, as visits are listed, or its id, as the phone that made it knows it. */
const KEY = `coalesce($2::bigint, request_key($3::uuid))`

export interface RequestName {
  requestKey: string | null
  requestId: string | null
}

/** The visit of a member that this account recorded. The member may have been removed since. */
export const findStatedOfMember = async (
  tx: Transaction,
  holderId: string,
  accountId: string,
  { requestKey, requestId }: RequestName,
  memberId: string,
): Promise<StatedVisitRow | undefined> => {
  const { rows } = await tx.query<StatedVisitRow>(
    `${STATED} join members m on m.person_id = v.person_id and m.account_id = $4::bigint and m.member_id = $5::uuid
     where pa.person_id = $1::bigint and pa.request_key = ${KEY} and v.person_id = any(pa.person_ids[1:pa.member_count])`,
    [holderId, requestKey, requestId, accountId, memberId],
  )
  return rows[0]
}

/** The visit of a companion by the place in the request. */
export const findStatedOfCompanion = async (
  tx: Transaction,
  holderId: string,
  { requestKey, requestId }: RequestName,
  index: number,
): Promise<StatedVisitRow | undefined> => {
  const { rows } = await tx.query<StatedVisitRow>(
    `${STATED} and v.person_id = pa.person_ids[pa.member_count + 1 + $4::int]
     where pa.person_id = $1::bigint and pa.request_key = ${KEY}`,
    [holderId, requestKey, requestId, index],
  )
  return rows[0]
}

/** @returns false where it was withdrawn in the same moment already. */
export const insertWithdrawal = async (
  tx: Transaction,
  visit: MarkedVisit,
  accountId: string,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into visit_withdrawals (person_id, visited_on, request_key, withdrawn_at, withdrawn_by)
     values ($1::bigint, $2::date, $3::bigint, $4::timestamptz, $5::bigint) on conflict do nothing`,
    [visit.person_id, visit.visited_on, visit.request_key, now, accountId],
  )
  return rowCount === 1
}

/** Marks of visits before `marksBefore`, and what scans for several asked for before `partiesBefore`. Days in Shanghai. */
export const deleteMarks = async (
  db: Queryable,
  marksBefore: string,
  partiesBefore: string,
): Promise<void> => {
  await db.query('delete from visit_parties where visited_on < $1::date', [partiesBefore])
  await db.query('delete from visit_withdrawals where visited_on < $1::date', [marksBefore])
  await db.query('delete from visit_positions where visited_on < $1::date', [marksBefore])
}
