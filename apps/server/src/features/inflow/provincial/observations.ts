import { colourToNumber } from '@jiankangbao/domain/decision/coding'
import type { Transaction } from '../../../db/pool.ts'
import type { ProvincialAnswer } from '../../../outside/provincial.ts'
import { followProvincialCodes } from '../../colours/facts/findings-by-rule.queries.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import { type AuditInput, writeAudit } from '../../ledger/audit/audit.service.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import * as queries from './provincial.queries.ts'

// waiting → known ⇄ identity_stale | not_found. Only `known` changes the finding; without a newer answer it grows old,
// and the ruleset says when it counts as unknown.

/** Who has no usable code is asked about once a day. */
const WITHOUT_CODE_MS = 24 * 3600_000

/**
 * Takes colours that the province gave, newest first to count, with finding, audit entry and dirty mark.
 * @returns the persons whose code was newer than what was known
 */
export const takeObservations = async (
  tx: Transaction,
  actor: AuditInput['actor'],
  observations: queries.Observation[],
  now: Date,
  dueAt: Date,
): Promise<string[]> => {
  if (observations.length === 0) return []
  const taken = await queries.recordObservations(tx, observations, now, dueAt)
  for (const { findingId, personId, colour } of await followProvincialCodes(
    tx,
    await queries.listKnownColours(tx, taken),
  ))
    await writeAudit(tx, {
      actor,
      action: 'provincial.changed',
      objectKind: 'finding',
      objectId: findingId,
      details: { personId, colour },
    })
  if (taken.length > 0) await markDirty(tx, taken, 'provincial')
  return taken
}

const tellIdentityStale = async (tx: Transaction, personId: string, now: Date): Promise<void> => {
  for (const { accountId, nameMasked, memberId } of await queries.listHolders(tx, personId))
    await writeNotice(tx, {
      accountId,
      kind: 'provincial_identity_stale',
      details: { name: nameMasked, ...(memberId ? { memberId } : {}) },
      at: now,
    })
}

/** Takes the province's answer about one person. Whoever must renew their identity is told once. */
export const takeAnswer = async (
  tx: Transaction,
  personId: string,
  answer: ProvincialAnswer,
  now: Date,
  refreshMs: number,
): Promise<void> => {
  if (answer.outcome !== 'known') {
    const dueAt = new Date(now.getTime() + WITHOUT_CODE_MS)
    const before = await queries.recordState(tx, personId, answer.outcome, now, dueAt)
    if (answer.outcome === 'identity_stale' && before !== 'identity_stale')
      await tellIdentityStale(tx, personId, now)
    return
  }
  const dueAt = new Date(now.getTime() + refreshMs)
  const observation = { personId, colour: colourToNumber(answer.colour), observedAt: answer.observedAt }
  const taken = await takeObservations(tx, { kind: 'system' }, [observation], now, dueAt)
  if (taken.length === 0) await queries.recordAsked(tx, personId, now, dueAt)
}
