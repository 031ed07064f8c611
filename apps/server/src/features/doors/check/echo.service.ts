import type { CheckWarning } from '@jiankangbao/contracts/check/schemas'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { listEchoes, OLD_ECHOES, recordEchoes } from './echo.queries.ts'

/** For so long a door is told of a check it made. */
const TOLD_MS = 5 * 60_000

/** Tells the door before, and the office, that a live code was shown at another door within its minute. */
export const tellEcho = async (
  { pool }: Pick<Parts, 'pool'>,
  second: { personId: string; pointId: string; ageSeconds: number; at: Date },
): Promise<void> => {
  const [echo] = await recordEchoes(pool, second)
  if (!echo) return
  await raiseIncident(pool, {
    kind: 'code_at_two_doors',
    subject: `person:${second.personId}`,
    divisionCode: echo.division_code,
    details: { first: echo.first_name, second: echo.second_name },
    at: second.at,
  })
}

/** Checks that a caller made minutes ago and whose code turned up elsewhere. */
export const listWarnings = async (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  caller: string,
): Promise<{ warnings: CheckWarning[] }> => ({
  warnings: (await listEchoes(pool, caller, new Date(clock().getTime() - TOLD_MS))).map((row) => ({
    requestId: row.request_id,
    checkedAt: row.checked_at.toISOString(),
    seenAt: row.seen_at.toISOString(),
    ...(row.name_masked ? { nameMasked: row.name_masked } : {}),
  })),
})

export const purgeEchoes = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, OLD_ECHOES, clock())
}
