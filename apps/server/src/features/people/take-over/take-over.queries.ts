import type { TakeOverState } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface TakeOverRow {
  take_over_id: string
  person_id: string
  from_account_id: string
  to_account_id: string
  consent_version: string | null
  taken_at: Date
  object_until: Date
  state: TakeOverState
  objected_at: Date | null
  due_at: Date | null
}

const COLUMNS = `take_over_id, person_id, from_account_id, to_account_id, consent_version, taken_at, object_until, state,
  objected_at, due_at`

/** Before the old account is released: what it agreed to is kept, should it come back. */
export const noteTakeOver = async (
  tx: Transaction,
  move: { personId: string; fromAccountId: string; toAccountId: string; takenAt: Date; objectUntil: Date },
): Promise<void> => {
  await tx.query(
    `insert into take_overs (person_id, from_account_id, to_account_id, consent_version, taken_at, object_until)
     select $1::bigint, account_id, $3::bigint, consent_version, $4::timestamptz, $5::timestamptz
     from accounts where account_id = $2::bigint`,
    [move.personId, move.fromAccountId, move.toAccountId, move.takenAt, move.objectUntil],
  )
}

/** The latest move from or to an account. */
export const findLatest = async (db: Queryable, accountId: string): Promise<TakeOverRow | undefined> =>
  (
    await db.query<TakeOverRow>(
      `(select ${COLUMNS} from take_overs where from_account_id = $1::bigint order by taken_at desc limit 1)
       union all (select ${COLUMNS} from take_overs where to_account_id = $1::bigint order by taken_at desc limit 1)
       order by taken_at desc limit 1`,
      [accountId],
    )
  ).rows[0]

export const lockTakeOver = async (tx: Transaction, takeOverId: string): Promise<TakeOverRow | undefined> =>
  (
    await tx.query<TakeOverRow>(
      `select ${COLUMNS} from take_overs where take_over_id = $1::uuid for update`,
      [takeOverId],
    )
  ).rows[0]

/** @returns false where somebody else objected about this person, and an office has not decided */
export const setObjected = async (
  tx: Transaction,
  takeOverId: string,
  { at, dueAt }: { at: Date; dueAt: Date },
): Promise<boolean> =>
  (
    await tx.query(
      `update take_overs t set state = 'objected', objected_at = $2::timestamptz, due_at = $3::timestamptz
       where take_over_id = $1::uuid and state = 'moved'
         and not exists (select from take_overs o where o.person_id = t.person_id and o.state = 'objected')`,
      [takeOverId, at, dueAt],
    )
  ).rowCount === 1

export const setDecided = async (
  tx: Transaction,
  takeOverId: string,
  end: { state: 'kept' | 'returned'; at: Date; by: string; reason: string },
): Promise<void> => {
  await tx.query(
    `update take_overs set state = $2::text, decided_at = $3::timestamptz, decided_by = $4::bigint, reason = $5::text
     where take_over_id = $1::uuid`,
    [takeOverId, end.state, end.at, end.by, end.reason],
  )
}

/** Those that wait, the one due first; there are few. */
export const listObjected = async (db: Queryable): Promise<TakeOverRow[]> =>
  (
    await db.query<TakeOverRow>(
      `select ${COLUMNS} from take_overs where state = 'objected' order by due_at, take_over_id limit 200`,
    )
  ).rows

export interface AccountPhoneRow {
  account_id: string
  person_id: string | null
  phone_encrypted: Buffer
  number_left_at: Date | null
}

/** Both accounts of a move. */
export const listAccounts = async (db: Queryable, accountIds: string[]): Promise<AccountPhoneRow[]> =>
  (
    await db.query<AccountPhoneRow>(
      `select account_id, person_id, phone_encrypted, number_left_at from accounts where account_id = any($1::bigint[])`,
      [accountIds],
    )
  ).rows

/** How many wait for too long; those not told yet are told now, and again after a while. */
export const markLate = async (
  tx: Transaction,
  now: Date,
  againBefore: Date,
): Promise<{ late: number; told: number }> => {
  const { rows } = await tx.query<{ late: number }>(
    `select count(*)::int as late from take_overs where state = 'objected' and due_at <= $1::timestamptz`,
    [now],
  )
  const { rowCount } = await tx.query(
    `update take_overs set alarmed_at = $1::timestamptz
     where state = 'objected' and due_at <= $1::timestamptz and (alarmed_at is null or alarmed_at <= $2::timestamptz)`,
    [now, againBefore],
  )
  return { late: rows[0]?.late ?? 0, told: rowCount ?? 0 }
}
