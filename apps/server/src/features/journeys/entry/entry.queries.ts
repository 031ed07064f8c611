import type { Entry } from '@jiankangbao/contracts/entry/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface EntryRow {
  entry_id: string
  state: Entry['state']
  version: number
  planned_arrival_at: Date
  submitted_at: Date
  arrived_at: Date | null
  received_at: Date | null
  closed_at: Date | null
  travellers: { memberId: string | null; nameMasked: string; arrivedAt: string | null }[]
}

const SELECT = `select e.entry_id, e.state, e.version, e.planned_arrival_at, e.submitted_at, e.arrived_at, e.received_at, e.closed_at,
    (select coalesce(jsonb_agg(jsonb_build_object('memberId', ep.member_id, 'nameMasked', p.name_masked,
         'arrivedAt', to_char(ep.arrived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by ep.member_id nulls first), '[]')
     from entry_persons ep join persons p using (person_id) where ep.entry_id = e.entry_id) as travellers
  from entry_registrations e`

/** Newest first. */
export const listEntriesOfAccount = async (
  db: Queryable,
  accountId: string,
  after: { at: string; id: string } | undefined,
  limit: number,
): Promise<EntryRow[]> => {
  const { rows } = await db.query<EntryRow>(
    `${SELECT} where e.account_id = $1::bigint
       and ($2::timestamptz is null or (e.submitted_at, e.entry_id) < ($2::timestamptz, $3::uuid))
     order by e.submitted_at desc, e.entry_id desc limit $4::int`,
    [accountId, after?.at ?? null, after?.id ?? null, limit],
  )
  return rows
}

export const findEntryOfAccount = async (
  db: Queryable,
  accountId: string,
  entryId: string,
): Promise<EntryRow | undefined> =>
  (
    await db.query<EntryRow>(`${SELECT} where e.entry_id = $2::uuid and e.account_id = $1::bigint`, [
      accountId,
      entryId,
    ])
  ).rows[0]

export interface EntryFacts {
  entryId: string
  accountId: string
  version: number
  arrivalMode: string
  arrivalNumberIndex: Buffer | null
  plannedArrivalAt: Date
  originCode: string
  destinationCode: string
  now: Date
}

/** A further version that is no longer `submitted` changes nothing: 0 rows. */
export const upsertEntry = async (tx: Transaction, facts: EntryFacts): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into entry_registrations as e
       (entry_id, account_id, version, state, arrival_mode, planned_arrival_at, origin_code, destination_code, submitted_at, arrival_number_index)
     values ($1::uuid, $2::bigint, $3::smallint, 'submitted', $4::text, $5::timestamptz, $6::text, $7::text, $8::timestamptz, $9::bytea)
     on conflict (entry_id) do update set version = excluded.version, arrival_mode = excluded.arrival_mode,
       planned_arrival_at = excluded.planned_arrival_at, origin_code = excluded.origin_code, destination_code = excluded.destination_code,
       arrival_number_index = excluded.arrival_number_index
     where e.state = 'submitted' and e.account_id = excluded.account_id`,
    [
      facts.entryId,
      facts.accountId,
      facts.version,
      facts.arrivalMode,
      facts.plannedArrivalAt,
      facts.originCode,
      facts.destinationCode,
      facts.now,
      facts.arrivalNumberIndex,
    ],
  )
  return rowCount === 1
}

/** Keeps whom the version before let in, and when, for scans sent late. */
export const keepFormer = async (
  tx: Transaction,
  entryId: string,
  version: number,
  now: Date,
): Promise<void> => {
  await tx.query(
    `insert into entry_former (person_id, entry_id, version, valid_from, valid_until, declared_at, corrected_at)
     select c.person_id, c.entry_id, v.version, c.valid_from, c.valid_until, v.declared_at, $3::timestamptz
     from entry_current c join declaration_versions v on v.declaration_id = c.entry_id and v.version = $2::smallint - 1
     where c.entry_id = $1::uuid`,
    [entryId, version, now],
  )
}

/** Puts these travellers in the place of those before; at the door each of their registrations counts by itself. */
export const replaceTravellers = async (
  tx: Transaction,
  entryId: string,
  travellers: { personId: string; memberId: string | null }[],
  { validFrom, validUntil }: { validFrom: Date; validUntil: Date },
): Promise<void> => {
  const personIds = travellers.map(({ personId }) => personId)
  await tx.query(`delete from entry_persons where entry_id = $1::uuid and person_id <> all($2::bigint[])`, [
    entryId,
    personIds,
  ])
  await tx.query(`delete from entry_current where entry_id = $1::uuid and person_id <> all($2::bigint[])`, [
    entryId,
    personIds,
  ])
  await tx.query(
    `insert into entry_persons (person_id, entry_id, member_id)
     select p, $1::uuid, m from unnest($2::bigint[], $3::uuid[]) as t(p, m) on conflict do nothing`,
    [entryId, personIds, travellers.map(({ memberId }) => memberId)],
  )
  await tx.query(
    `insert into entry_current (person_id, entry_id, valid_from, valid_until)
     select p, $1::uuid, $3::timestamptz, $4::timestamptz from unnest($2::bigint[]) as t(p)
     on conflict (person_id, entry_id) do update set valid_from = excluded.valid_from, valid_until = excluded.valid_until`,
    [entryId, personIds, validFrom, validUntil],
  )
}

/** Ends a registration that nobody arrived with. False where it was not `submitted` any more. */
export const cancelEntry = async (
  tx: Transaction,
  accountId: string,
  entryId: string,
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update entry_registrations set state = 'cancelled', closed_at = $3::timestamptz
     where entry_id = $2::uuid and account_id = $1::bigint and state = 'submitted'`,
    [accountId, entryId, now],
  )
  if (rowCount !== 1) return false
  await tx.query(`delete from entry_current where entry_id = $1::uuid`, [entryId])
  return true
}

/** How many registrations of an account are still on their way. */
export const countOpenEntries = async (db: Queryable, accountId: string): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from entry_registrations where account_id = $1::bigint and state = 'submitted'`,
    [accountId],
  )
  return rows[0]?.count ?? 0
}

export const findAccountPhone = async (db: Queryable, accountId: string): Promise<Buffer | undefined> => {
  const { rows } = await db.query<{ phone_encrypted: Buffer }>(
    `select phone_encrypted from accounts where account_id = $1::bigint`,
    [accountId],
  )
  return rows[0]?.phone_encrypted
}
