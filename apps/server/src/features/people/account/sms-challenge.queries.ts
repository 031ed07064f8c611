import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface ChallengeCounts {
  latest_at: Date | null
  phone_count: number
  phone_oldest_at: Date | null
  /** Of the phone's, those that this address asked for. */
  own_count: number
  own_oldest_at: Date | null
  address_count: number
  address_oldest_at: Date | null
}

/**
 * Makes the counts below exact: requests of one phone, and of one address, wait for each other.
 * Always phone first, so that two of them never wait in a circle.
 */
export const lockPhoneAndAddress = async (
  tx: Transaction,
  phoneIndex: Buffer,
  addressIndex: Buffer,
): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(1, hashtext(encode($1::bytea, 'hex')))`, [phoneIndex])
  await tx.query(`select pg_advisory_xact_lock(2, hashtext(encode($1::bytea, 'hex')))`, [addressIndex])
}

/** What a phone got in the day and an address in the hour before `now`. */
export const countChallenges = async (
  tx: Transaction,
  phoneIndex: Buffer,
  addressIndex: Buffer,
  now: Date,
): Promise<ChallengeCounts | undefined> => {
  const { rows } = await tx.query<ChallengeCounts>({
    name: 'count-sms-challenges',
    text: `select p.*, a.address_count, a.address_oldest_at
       from (select max(created_at) as latest_at, count(*)::int as phone_count, min(created_at) as phone_oldest_at,
           (count(*) filter (where address_index = $2::bytea))::int as own_count,
           min(created_at) filter (where address_index = $2::bytea) as own_oldest_at
         from sms_challenges where phone_index = $1::bytea and created_at > $3::timestamptz - interval '1 day') p,
       (select count(*)::int as address_count, min(created_at) as address_oldest_at
         from sms_challenges where address_index = $2::bytea and created_at > $3::timestamptz - interval '1 hour') a`,
    values: [phoneIndex, addressIndex, now],
  })
  return rows[0]
}

export const insertChallenge = async (
  tx: Transaction,
  challenge: {
    challengeId: string
    phoneIndex: Buffer
    addressIndex: Buffer
    codeHash: Buffer
    tries: number
    createdAt: Date
    expiresAt: Date
  },
): Promise<void> => {
  await tx.query(
    `insert into sms_challenges (challenge_id, phone_index, address_index, code_hash, tries_left, created_at, expires_at)
     values ($1::uuid, $2::bytea, $3::bytea, $4::bytea, $5::smallint, $6::timestamptz, $7::timestamptz)`,
    [
      challenge.challengeId,
      challenge.phoneIndex,
      challenge.addressIndex,
      challenge.codeHash,
      challenge.tries,
      challenge.createdAt,
      challenge.expiresAt,
    ],
  )
}

/** Takes back a code that never left: neither counted nor asked for. */
export const deleteChallenge = async (db: Queryable, challengeId: string): Promise<void> => {
  await db.query(`delete from sms_challenges where challenge_id = $1::uuid`, [challengeId])
}

export type TryResult = 'matched' | 'wrong' | 'used_up' | 'expired'

interface TryRow {
  matched: boolean | null
  tries_left: number
}

// One statement counts the try and uses the code up: however many arrive at once, each takes one try of the same
// challenge (the row is locked and its conditions are checked again), and one at most gets in.
const TRY = `
with latest as materialized (
  select challenge_id, tries_left from sms_challenges
  where phone_index = $1::bytea and used_at is null and expires_at > $3::timestamptz
    and created_at = (select max(created_at) from sms_challenges where phone_index = $1::bytea)
), tried as (
  update sms_challenges c
  set tries_left = c.tries_left - 1, used_at = case when c.code_hash = $2::bytea then $3::timestamptz end
  from latest l
  where c.challenge_id = l.challenge_id and c.used_at is null and c.tries_left > 0
  returning c.used_at is not null as matched, c.tries_left
)
select t.matched, coalesce(t.tries_left, l.tries_left) as tries_left
from latest l left join tried t on true`

/** Tries a code against the newest challenge of the phone; the older ones are dead. */
export const tryChallenge = async (
  db: Queryable,
  phoneIndex: Buffer,
  codeHash: Buffer,
  now: Date,
): Promise<TryResult> => {
  const { rows } = await db.query<TryRow>({
    name: 'try-sms-challenge',
    text: TRY,
    values: [phoneIndex, codeHash, now],
  })
  const row = rows[0]
  if (!row) return 'expired'
  if (row.matched) return 'matched'
  // Without a tried row another request took the last try, or the code itself, a moment ago.
  return row.matched === null || row.tries_left === 0 ? 'used_up' : 'wrong'
}
