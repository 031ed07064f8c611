import type { Queryable, Transaction } from '../../../db/pool.ts'

export const isWanted = async (db: Queryable, accountId: string): Promise<boolean> =>
  (await db.query('select from colour_texts where account_id = $1::bigint', [accountId])).rowCount === 1

/** @returns false where it was wanted already */
export const insertWish = async (tx: Transaction, accountId: string, now: Date): Promise<boolean> =>
  (
    await tx.query(
      `insert into colour_texts (account_id, asked_at) values ($1::bigint, $2::timestamptz) on conflict do nothing`,
      [accountId, now],
    )
  ).rowCount === 1

/** @returns false where there was none */
export const deleteWish = async (tx: Transaction, accountId: string): Promise<boolean> =>
  (await tx.query('delete from colour_texts where account_id = $1::bigint', [accountId])).rowCount === 1

// The dead, and those who moved away, get no texts, not even about whom they looked after.
const IS_THERE = `not exists (select from accounts h join person_absences x using (person_id) where h.account_id = colour_texts.account_id)`

/**
 * Makes a text due for those of the accounts that want one: now, or `pauseMinutes` after the last. One that waits already
 * tells of this change too. In one order for everybody, because evaluators share accounts.
 */
export const markDue = async (
  tx: Transaction,
  accountIds: string[],
  now: Date,
  pauseMinutes: number,
): Promise<void> => {
  await tx.query({
    name: 'mark-colour-texts-due',
    text: `with held as (
        select account_id from colour_texts where account_id = any($1::bigint[]) and ${IS_THERE} order by account_id for no key update
      )
      update colour_texts t set changed_at = $2::timestamptz,
        due_at = coalesce(t.due_at, greatest($2::timestamptz, t.sent_at + make_interval(mins => $3::int))),
        message_id = case when t.due_at is null then gen_random_uuid() else t.message_id end,
        tries = case when t.due_at is null then 0 else t.tries end
      from held where held.account_id = t.account_id`,
    values: [accountIds, now, pauseMinutes],
  })
}

/** Gives up what tells of nothing newer than `before`. Returns how many. */
export const dropChangedBefore = async (db: Queryable, before: Date): Promise<number> =>
  (
    await db.query(
      `update colour_texts set due_at = null where due_at is not null and changed_at < $1::timestamptz`,
      [before],
    )
  ).rowCount ?? 0

export interface DueText {
  account_id: string
  message_id: string
  changed_at: Date
  tries: number
  phone_encrypted: Buffer
}

/** Takes up to `limit` that are due, longest due first, and leaves them alone for `leaseSeconds`. */
export const takeDue = async (
  db: Queryable,
  now: Date,
  limit: number,
  leaseSeconds: number,
): Promise<DueText[]> =>
  (
    await db.query<DueText>(
      `with due as (
         select account_id from colour_texts where due_at <= $1::timestamptz and ${IS_THERE} order by due_at limit $2::int for update skip locked
       )
       update colour_texts t set due_at = $1::timestamptz + make_interval(secs => $3::int), tries = t.tries + 1
       from due join accounts a using (account_id) where t.account_id = due.account_id
       returning t.account_id, t.message_id, t.changed_at, t.tries, a.phone_encrypted`,
      [now, limit, leaseSeconds],
    )
  ).rows

/** A change that came while the text was on its way gets one of its own, after the pause. */
export const settleSent = async (
  db: Queryable,
  { account_id, message_id, changed_at }: DueText,
  now: Date,
  pauseMinutes: number,
): Promise<void> => {
  await db.query(
    `update colour_texts set sent_at = $4::timestamptz, tries = 0, message_id = gen_random_uuid(),
       due_at = case when changed_at > $3::timestamptz then $4::timestamptz + make_interval(mins => $5::int) end
     where account_id = $1::bigint and message_id = $2::uuid`,
    [account_id, message_id, changed_at, now, pauseMinutes],
  )
}

export const settleFailed = async (
  db: Queryable,
  { account_id, message_id }: DueText,
  again: Date,
): Promise<void> => {
  await db.query(
    `update colour_texts set due_at = $3::timestamptz where account_id = $1::bigint and message_id = $2::uuid and due_at is not null`,
    [account_id, message_id, again],
  )
}
