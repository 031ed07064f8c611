import type { IdentityMatterCause, IdentityMatterState } from '@jiankangbao/domain/vocabulary/people'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** Whoever files a document of this human waits here until the one before has committed: neither misses the other. */
export const lockLikeness = async (tx: Transaction, likeness: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(4, ($1::bigint % 2147483647)::int)`, [likeness])
}

export interface LikePair {
  person_id: string
  document_type: DocumentType
  name_encrypted: Buffer
  other_id: string
  other_type: DocumentType
  other_name_encrypted: Buffer
}

/**
 * Persons whose documents have something in common with those of these persons, and of whom no office has said yet who is
 * who. Two resident numbers are two people.
 */
export const listLikePairs = async (db: Queryable, personIds: string[]): Promise<LikePair[]> =>
  (
    await db.query<LikePair>(
      `select distinct on (d.person_id, o.person_id) d.person_id, d.document_type, p.name_encrypted,
         o.person_id as other_id, o.document_type as other_type, q.name_encrypted as other_name_encrypted
       from identity_documents d
       join persons p on p.person_id = d.person_id
       join identity_documents o on o.likeness = d.likeness and o.person_id <> d.person_id
         and not (o.document_type = 'resident_id' and d.document_type = 'resident_id')
       join persons q on q.person_id = o.person_id
       where d.person_id = any($1::bigint[]) and d.likeness is not null
         and not exists (select from identity_matters m
           where (m.first_person_id, m.second_person_id) in ((d.person_id, o.person_id), (o.person_id, d.person_id)))
         and not exists (select from person_unions u join person_unions w using (kept_person_id)
           where u.person_id = d.person_id and w.person_id = o.person_id)
       order by d.person_id, o.person_id limit 1000`,
      [personIds],
    )
  ).rows

/** @returns the matter's number; undefined where these two have one already */
export const insertMatter = async (
  tx: Transaction,
  matter: {
    firstPersonId: string
    secondPersonId: string
    cause: IdentityMatterCause
    openedAt: Date
    dueAt: Date
  },
): Promise<string | undefined> =>
  (
    await tx.query<{ matter_id: string }>(
      `insert into identity_matters (first_person_id, second_person_id, cause, opened_at, due_at)
       select $1::bigint, $2::bigint, $3::text, $4::timestamptz, $5::timestamptz
       where not exists (select from identity_matters where first_person_id = $2::bigint and second_person_id = $1::bigint)
       on conflict do nothing returning matter_id`,
      [matter.firstPersonId, matter.secondPersonId, matter.cause, matter.openedAt, matter.dueAt],
    )
  ).rows[0]?.matter_id

export interface MatterRow {
  matter_id: string
  first_person_id: string
  second_person_id: string
  cause: IdentityMatterCause
  state: IdentityMatterState
  opened_at: Date
  due_at: Date
  closed_at: Date | null
  first_type: DocumentType
  second_type: DocumentType
  is_proposed: boolean
  let_passes: number
}

const MATTER = `select m.matter_id, m.first_person_id, m.second_person_id, m.cause, m.state, m.opened_at, m.due_at, m.closed_at,
    p.document_type as first_type, q.document_type as second_type,
    exists (select from identity_changes c where c.matter_id = m.matter_id and c.state = 'open') as is_proposed,
    (select count(*)::int from let_passes l where l.person_id in (m.first_person_id, m.second_person_id) and l.passed_at >= m.opened_at) as let_passes
  from identity_matters m
  join persons p on p.person_id = m.first_person_id
  join persons q on q.person_id = m.second_person_id`

export const findMatter = async (db: Queryable, matterId: string): Promise<MatterRow | undefined> =>
  (await db.query<MatterRow>(`${MATTER} where m.matter_id = $1::bigint`, [matterId])).rows[0]

/** Open ones in the order in which they came, others the newest first. */
export const listMatters = async (
  db: Queryable,
  filter: { state: IdentityMatterState; cursor: string | null; limit: number },
): Promise<MatterRow[]> =>
  (
    await db.query<MatterRow>(
      filter.state === 'open'
        ? `${MATTER} where m.state = $1::text and ($2::bigint is null or m.matter_id > $2::bigint) order by m.matter_id limit $3::int`
        : `${MATTER} where m.state = $1::text and ($2::bigint is null or m.matter_id < $2::bigint) order by m.matter_id desc limit $3::int`,
      [filter.state, filter.cursor, filter.limit],
    )
  ).rows

/** @returns false where it was not open */
export const closeMatter = async (
  tx: Transaction,
  matterId: string,
  state: 'same' | 'different',
  now: Date,
): Promise<boolean> =>
  (
    await tx.query(
      `update identity_matters set state = $2::text, closed_at = $3::timestamptz where matter_id = $1::bigint and state = 'open'`,
      [matterId, state, now],
    )
  ).rowCount === 1

/** What an office said about these two, whichever came first; also where it had said the contrary. */
export const closeMattersBetween = async (
  tx: Transaction,
  onePersonId: string,
  otherPersonId: string,
  state: 'same' | 'different',
  now: Date,
): Promise<void> => {
  await tx.query(
    `update identity_matters set state = $3::text, closed_at = $4::timestamptz
     where (first_person_id, second_person_id) in (($1::bigint, $2::bigint), ($2::bigint, $1::bigint))`,
    [onePersonId, otherPersonId, state, now],
  )
}

/** How many wait for too long; those not told yet are told now, and again after half an hour. */
export const markLate = async (
  tx: Transaction,
  now: Date,
  againBefore: Date,
): Promise<{ late: number; told: number }> => {
  const { rows } = await tx.query<{ late: number }>(
    `select count(*)::int as late from identity_matters where state = 'open' and due_at <= $1::timestamptz`,
    [now],
  )
  const { rowCount } = await tx.query(
    `update identity_matters set alarmed_at = $1::timestamptz
     where state = 'open' and due_at <= $1::timestamptz and (alarmed_at is null or alarmed_at <= $2::timestamptz)`,
    [now, againBefore],
  )
  return { late: rows[0]?.late ?? 0, told: rowCount ?? 0 }
}

export interface LetPassRow {
  passed_at: Date
  venue_name: string
  point_name: string
  organisation: string
  by_name: string
}

/** Who let one of the two pass at a door since the matter was opened, newest first. */
export const listLetPasses = async (db: Queryable, matter: MatterRow, limit: number): Promise<LetPassRow[]> =>
  (
    await db.query<LetPassRow>(
      `select l.passed_at, v.name as venue_name, pt.name as point_name, l.organisation, coalesce(o.display_name, d.name) as by_name
       from let_passes l join venue_points pt using (point_id) join venues v using (venue_id)
       left join operators o on o.operator_id = l.operator_id left join devices d on d.device_id = l.device_id
       where l.person_id = any($1::bigint[]) and l.passed_at >= $2::timestamptz order by l.passed_at desc, l.let_pass_id desc limit $3::int`,
      [[matter.first_person_id, matter.second_person_id], matter.opened_at, limit],
    )
  ).rows
