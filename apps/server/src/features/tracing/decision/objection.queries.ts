import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { ContactGroup, Surety } from '@jiankangbao/domain/tracing/contacts'
import type { ObjectionState } from '@jiankangbao/domain/vocabulary/tracing'
import type { Queryable, Transaction } from '../../../db/pool.ts'

// The own person, and members who have no account of their own.
const MINE = `(select person_id from accounts where account_id = $1::bigint and person_id is not null
  union select m.person_id from members m where m.account_id = $1::bigint and m.removed_at is null
    and not exists (select from accounts a where a.person_id = m.person_id))`

export interface MyExposureRow {
  exposure_id: string
  name_masked: string
  contact_group: ContactGroup
  kind: VenueKind
  met_on: string
  stands: boolean
  objection: ObjectionState | null
  due_at: Date | null
  answer: string | null
}

/** Approved ones only, newest first: what is proposed is nothing yet. */
export const listMyExposures = async (db: Queryable, accountId: string): Promise<MyExposureRow[]> =>
  (
    await db.query<MyExposureRow>(
      `select x.exposure_id, p.name_masked, k.contact_group, e.kind, to_char(x.met_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as met_on,
         x.dropped_by is null and exists (select from findings f where f.proposal_id = r.proposal_id and f.person_id = x.person_id
           and f.withdrawn_at is null) as stands,
         x.objection, x.due_at, case when x.objection <> 'open' then x.answer end as answer
       from exposures x
       join proposals r on r.request_id = x.selection_id and r.state = 'approved'
       join case_contacts k on k.selection_id = x.selection_id and k.person_id = x.person_id
       join persons p on p.person_id = x.person_id
       join case_stays s on s.stay_id = x.stay_id
       join venue_points t on t.point_id = s.point_id join venues e on e.venue_id = t.venue_id
       where x.person_id in ${MINE}
       order by x.met_at desc, x.exposure_id desc limit 200`,
      [accountId],
    )
  ).rows

export interface ObjectableRow {
  exposure_id: string
  person_id: string
  objection: ObjectionState | null
  due_at: Date | null
  dropped_by: string | null
}

export const lockMyExposure = async (
  tx: Transaction,
  accountId: string,
  exposureId: string,
): Promise<ObjectableRow | undefined> =>
  (
    await tx.query<ObjectableRow>(
      `select x.exposure_id, x.person_id, x.objection, x.due_at, x.dropped_by from exposures x
       join proposals r on r.request_id = x.selection_id and r.state = 'approved'
       where x.exposure_id = $2::bigint and x.person_id in ${MINE} for update of x`,
      [accountId, exposureId],
    )
  ).rows[0]

export const insertObjection = async (
  tx: Transaction,
  exposureId: string,
  objection: { at: Date; dueAt: Date; statementEncrypted: Buffer },
): Promise<void> => {
  await tx.query(
    `update exposures set objection = 'open', objected_at = $2::timestamptz, due_at = $3::timestamptz, statement_encrypted = $4::bytea
     where exposure_id = $1::bigint`,
    [exposureId, objection.at, objection.dueAt, objection.statementEncrypted],
  )
}

export interface ObjectionRow {
  exposure_id: string
  case_id: string
  person_id: string
  selection_id: string
  made_by: string
  contact_group: ContactGroup
  name_masked: string
  venue_name: string
  met_at: Date
  minutes: number
  statement_encrypted: Buffer
  objected_at: Date
  due_at: Date
  proposal_id: string | null
}

const OBJECTION = `select x.exposure_id, x.case_id, x.person_id, x.selection_id, r.proposal_id as made_by, k.contact_group, p.name_masked,
    e.name as venue_name, x.met_at, x.minutes, x.statement_encrypted, x.objected_at, x.due_at,
    (select max(q.proposal_id) from proposals q where q.case_id = x.case_id and q.kind = 'exposure.drop' and q.state = 'open'
       and q.expires_at > $1::timestamptz and q.payload ->> 'exposureId' = x.exposure_id::text) as proposal_id
  from exposures x
  join cases c on c.case_id = x.case_id
  join proposals r on r.request_id = x.selection_id
  join case_contacts k on k.selection_id = x.selection_id and k.person_id = x.person_id
  join persons p on p.person_id = x.person_id
  join case_stays s on s.stay_id = x.stay_id
  join venue_points t on t.point_id = s.point_id join venues e on e.venue_id = t.venue_id
  where x.objection = 'open'`

/** The longest waiting ones first. */
export const listObjections = async (
  db: Queryable,
  now: Date,
  filter: { divisionPrefix: string; afterId: string | null; limit: number },
): Promise<ObjectionRow[]> =>
  (
    await db.query<ObjectionRow>(
      `${OBJECTION} and starts_with(c.division_code, $2::text)
         and ($3::bigint is null or (x.due_at, x.exposure_id) > (select z.due_at, z.exposure_id from exposures z where z.exposure_id = $3::bigint))
       order by x.due_at, x.exposure_id limit $4::int`,
      [now, filter.divisionPrefix, filter.afterId, filter.limit],
    )
  ).rows

export const lockObjection = async (
  tx: Transaction,
  now: Date,
  exposureId: string,
  divisionPrefix: string,
): Promise<ObjectionRow | undefined> =>
  (
    await tx.query<ObjectionRow>(
      `${OBJECTION} and x.exposure_id = $2::bigint and starts_with(c.division_code, $3::text) for update of x`,
      [now, exposureId, divisionPrefix],
    )
  ).rows[0]

export const answerObjection = async (
  tx: Transaction,
  exposureId: string,
  answer: { state: 'upheld' | 'refused'; answer: string; operatorId: string; at: Date },
): Promise<void> => {
  await tx.query(
    `update exposures set objection = $2::text, answer = $3::text, answered_by = $4::bigint, answered_at = $5::timestamptz
     where exposure_id = $1::bigint`,
    [exposureId, answer.state, answer.answer, answer.operatorId, answer.at],
  )
}

/** What is left of the stays together of one of the chosen. */
export const listRemaining = async (
  db: Queryable,
  selectionId: string,
  personId: string,
): Promise<{ met_on: string; minutes: number; surety: Surety; until_at: Date }[]> =>
  (
    await db.query(
      `select to_char(met_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as met_on, minutes, surety, met_at + minutes * interval '1 minute' as until_at
       from exposures where selection_id = $1::uuid and person_id = $2::bigint and dropped_by is null`,
      [selectionId, personId],
    )
  ).rows
