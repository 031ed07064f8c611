import type { Parts } from '../../../parts.ts'

/** What nobody decided in time holds no name or number any more. */
export const expireCounterActs = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await pool.query(
    `update counter_acts set state = 'expired', identity_encrypted = null, guardian_encrypted = null
     where identity_encrypted is not null and expires_at <= $1::timestamptz`,
    [clock()],
  )
}
