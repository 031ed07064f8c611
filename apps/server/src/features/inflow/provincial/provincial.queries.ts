import { numberToColour } from '@jiankangbao/domain/decision/coding'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { ObservedColour } from '../../colours/facts/findings-by-rule.queries.ts'

export interface CodeRow {
  person_id: string
  state: 'waiting' | 'known' | 'identity_stale' | 'not_found'
  colour: number | null
  observed_at: Date | null
  asked_at: Date | null
}

/** Asks for a person's code as soon as the jobs get to it; who is being asked for already stays as it is. */
export const schedulePull = async (tx: Transaction, personId: string, at: Date): Promise<void> => {
  await tx.query(
    `insert into provincial_codes (person_id, due_at) values ($1::bigint, $2::timestamptz) on conflict do nothing`,
    [personId, at],
  )
}

export const findCode = async (db: Queryable, personId: string): Promise<CodeRow | undefined> =>
  (
    await db.query<CodeRow>(
      `select person_id, state, colour, observed_at, asked_at from provincial_codes where person_id = $1::bigint`,
      [personId],
    )
  ).rows[0]

export interface PersonRow {
  person_id: string
  document_type: DocumentType
  name_encrypted: Buffer
  document_number_encrypted: Buffer
  country: string | null
}

const PERSON_COLUMNS =
  'p.person_id, p.document_type, p.name_encrypted, p.document_number_encrypted, p.country'

/** The caller's own person, or that of a member of theirs. */
export const findOwnPerson = async (
  db: Queryable,
  accountId: string,
  memberId: string | undefined,
): Promise<PersonRow | undefined> =>
  (
    await db.query<PersonRow>(
      `select ${PERSON_COLUMNS} from persons p
       where p.person_id = case when $2::uuid is null
         then (select a.person_id from accounts a where a.account_id = $1::bigint)
         else (select m.person_id from members m where m.member_id = $2::uuid and m.account_id = $1::bigint and m.removed_at is null) end`,
      [accountId, memberId ?? null],
    )
  ).rows[0]

/** Takes whoever is due, longest first; another process leaves them alone until `leaseUntil`. */
export const takeDue = async (
  db: Queryable,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<PersonRow[]> =>
  (
    await db.query<PersonRow>(
      `with due as (
         select person_id from provincial_codes where due_at <= $1::timestamptz
         order by due_at limit $3::int for update skip locked),
       leased as (
         update provincial_codes c set due_at = $2::timestamptz from due where c.person_id = due.person_id returning c.person_id)
       select ${PERSON_COLUMNS} from leased join persons p using (person_id)`,
      [now, leaseUntil, limit],
    )
  ).rows

/** Nobody answered: later, and later each time, up to an hour. */
export const postpone = async (db: Queryable, personId: string, now: Date): Promise<void> => {
  await db.query(
    `update provincial_codes set tries = least(tries + 1, 30),
       due_at = $2::timestamptz + least(interval '1 hour', interval '30 seconds' * power(2, least(tries, 10)))
     where person_id = $1::bigint`,
    [personId, now],
  )
}

/** Writes an answer without a colour; returns the state before, undefined where there was none. */
export const recordState = async (
  tx: Transaction,
  personId: string,
  state: 'identity_stale' | 'not_found',
  now: Date,
  dueAt: Date,
): Promise<CodeRow['state'] | undefined> => {
  await schedulePull(tx, personId, dueAt)
  const { rows } = await tx.query<{ state: CodeRow['state'] }>(
    `with before as (select state from provincial_codes where person_id = $1::bigint for update)
     update provincial_codes c set state = $2::text, asked_at = $3::timestamptz, due_at = $4::timestamptz, tries = 0
     from before where c.person_id = $1::bigint returning before.state`,
    [personId, state, now, dueAt],
  )
  return rows[0]?.state
}

/** The province asked again and said nothing newer. */
export const recordAsked = async (
  tx: Transaction,
  personId: string,
  now: Date,
  dueAt: Date,
): Promise<void> => {
  await tx.query(
    `update provincial_codes set state = 'known', asked_at = $2::timestamptz, due_at = $3::timestamptz, tries = 0
     where person_id = $1::bigint and colour is not null`,
    [personId, now, dueAt],
  )
}

export interface Observation {
  personId: string
  /** 1 green, 2 yellow, 3 red, as in `status_current`. */
  colour: number
  observedAt: Date
}

/**
 * Keeps what is newer than what is known; of two contradicting answers about the same instant, the worse. Returns the
 * persons whose code was taken.
 */
export const recordObservations = async (
  tx: Transaction,
  observations: Observation[],
  now: Date,
  dueAt: Date,
): Promise<string[]> => {
  const { rows } = await tx.query<{ person_id: string }>(
    `insert into provincial_codes as c (person_id, state, colour, observed_at, asked_at, due_at)
     select person_id, 'known', colour, observed_at, $4::timestamptz, $5::timestamptz
     from unnest($1::bigint[], $2::smallint[], $3::timestamptz[]) as o(person_id, colour, observed_at) order by person_id
     on conflict (person_id) do update set state = 'known', colour = excluded.colour, observed_at = excluded.observed_at,
       asked_at = excluded.asked_at, due_at = excluded.due_at, tries = 0
     where c.observed_at is null or c.observed_at < excluded.observed_at
       or (c.observed_at = excluded.observed_at and c.colour < excluded.colour)
     returning person_id`,
    [
      observations.map((one) => one.personId),
      observations.map((one) => one.colour),
      observations.map((one) => one.observedAt),
      now,
      dueAt,
    ],
  )
  return rows.map((row) => row.person_id)
}

/** The colours that are known of these persons now. */
export const listKnownColours = async (tx: Transaction, personIds: string[]): Promise<ObservedColour[]> =>
  (
    await tx.query<{ person_id: string; colour: number; observed_at: Date }>(
      `select person_id, colour, observed_at from provincial_codes where person_id = any($1::bigint[]) and colour is not null`,
      [personIds],
    )
  ).rows.map((row) => ({
    personId: row.person_id,
    colour: numberToColour(row.colour),
    observedAt: row.observed_at,
  }))

export const findPersonsByIndex = async (db: Queryable, indexes: Buffer[]): Promise<Map<string, string>> => {
  const { rows } = await db.query<{ document_index: Buffer; person_id: string }>(
    `select document_index, person_id from identity_documents where document_index = any($1::bytea[])`,
    [indexes],
  )
  return new Map(rows.map((row) => [row.document_index.toString('hex'), row.person_id]))
}

/** Accounts that hold a person, themselves or as a member. */
export const listHolders = async (
  db: Queryable,
  personId: string,
): Promise<{ accountId: string; nameMasked: string; memberId: string | null }[]> => {
  const { rows } = await db.query<{ account_id: string; name_masked: string; member_id: string | null }>(
    `select a.account_id, p.name_masked, null::uuid as member_id from accounts a join persons p using (person_id) where a.person_id = $1::bigint
     union
     select m.account_id, p.name_masked, m.member_id from members m join persons p using (person_id)
     where m.person_id = $1::bigint and m.removed_at is null`,
    [personId],
  )
  return rows.map((row) => ({
    accountId: row.account_id,
    nameMasked: row.name_masked,
    memberId: row.member_id,
  }))
}

/** The account holder and the members whose identity data the province wants renewed. */
export const listStale = async (
  db: Queryable,
  accountId: string,
): Promise<{ member_id: string | null; name_masked: string }[]> =>
  (
    await db.query<{ member_id: string | null; name_masked: string }>(
      `select held.member_id, p.name_masked from (
         select person_id, null::uuid as member_id from accounts where account_id = $1::bigint
         union all
         select person_id, member_id from members where account_id = $1::bigint and removed_at is null) as held
       join provincial_codes c using (person_id) join persons p using (person_id)
       where c.state = 'identity_stale' order by held.member_id nulls first`,
      [accountId],
    )
  ).rows
