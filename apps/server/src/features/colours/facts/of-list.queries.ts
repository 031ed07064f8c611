import type { Transaction } from '../../../db/pool.ts'

// What a list made and takes back when it is undone.

/** Forgets what waits for people who have not registered. Before the rest: whoever registers meanwhile is found then. */
export const dropUnclaimed = async (
  tx: Transaction,
  importId: string,
  what: 'findings' | 'results',
): Promise<number> =>
  (
    await tx.query(
      what === 'findings'
        ? `delete from unclaimed_findings where import_id = $1::bigint and ended_at is null`
        : `delete from unclaimed_results where import_id = $1::bigint`,
      [importId],
    )
  ).rowCount ?? 0

/** Withdraws the findings that are as the list made them. @returns how many */
export const withdrawMade = async (
  tx: Transaction,
  importId: string,
  by: { proposalId: string; reason: string; at: Date },
): Promise<number> =>
  (
    await tx.query(
      `update findings set withdrawn_at = $4::timestamptz, lifted_by = $2::bigint, end_evidence = $3::text
       where import_id = $1::bigint and ended_at is null and withdrawn_at is null`,
      [importId, by.proposalId, by.reason, by.at],
    )
  ).rowCount ?? 0
