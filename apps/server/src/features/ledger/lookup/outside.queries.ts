import type { Transaction } from '../../../db/pool.ts'

export interface OutsideReason {
  reason: string
  caseNumber: string
}

/** Why somebody of another division is opened. Holds for this operator and this person for a day. */
export const insertOutsideLookup = async (
  tx: Transaction,
  by: { operatorId: string; personId: string; at: Date } & OutsideReason,
): Promise<void> => {
  await tx.query(
    `insert into outside_lookups (operator_id, person_id, opened_at, reason, case_number)
     values ($1::bigint, $2::bigint, $3::timestamptz, $4::text, $5::text) on conflict do nothing`,
    [by.operatorId, by.personId, by.at, by.reason, by.caseNumber],
  )
}

export const hasOutsideReason = async (
  tx: Transaction,
  by: { operatorId: string; personId: string; since: Date },
): Promise<boolean> =>
  (
    await tx.query(
      `select from outside_lookups where operator_id = $1::bigint and person_id = $2::bigint and opened_at > $3::timestamptz limit 1`,
      [by.operatorId, by.personId, by.since],
    )
  ).rowCount === 1
