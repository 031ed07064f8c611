import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import type { Parts } from '../../../parts.ts'

/** As long as findings of lists wait for people who have not registered. */
const KEPT_DAYS = 365

/** Forgets which lists said the same as another one, of lists approved long ago. */
export const forgetListedAgain = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await pool.query(
    `delete from listed_again l using imports i join proposals p on p.proposal_id = i.proposal_id
     where i.import_id = l.import_id and p.decided_at < $1::timestamptz`,
    [new Date(clock().getTime() - KEPT_DAYS * DAY_MS)],
  )
}
