import type { Transaction } from '../../db/pool.ts'
import { type AuditInput, writeAudit } from '../audit/audit.service.ts'
import * as queries from './consequences.queries.ts'
import type { StoredTest } from './laboratory.queries.ts'

// A positive single sample drafts `confirmed` for a person to decide; until then the result stands alone (yellow by the
// ruleset). A positive pool gives everyone in it `pool_positive` by rule. What a laboratory takes back takes these back:
// pool findings and open drafts at once, an approved `confirmed` by a draft that ends it.

const DRAFT_LIFE_MS = 7 * 24 * 3600_000

export interface Laboratory {
  partnerId: string
  name: string
}

type Actor = AuditInput['actor']

const poolIdOf = (laboratory: Laboratory, test: StoredTest): string =>
  `${laboratory.partnerId}:${test.laboratory_number}`

const evidenceOf = (laboratory: Laboratory, test: StoredTest): string =>
  `${laboratory.name} ${test.laboratory_number}`

const isPositive = (kind: StoredTest['kind']) => (test: StoredTest) =>
  test.kind === kind && test.result === 'positive'

const auditFindings = async (
  tx: Transaction,
  actor: Actor,
  action: string,
  findings: { findingId: string; personId: string }[],
): Promise<void> => {
  for (const { findingId, personId } of findings)
    await writeAudit(tx, {
      actor,
      action,
      objectKind: 'finding',
      objectId: findingId,
      details: { category: 'pool_positive', personId },
    })
}

const auditProposals = async (
  tx: Transaction,
  actor: Actor,
  action: string,
  proposals: { proposalId: string; personId: string }[],
  details: Record<string, unknown>,
): Promise<void> => {
  for (const { proposalId, personId } of proposals)
    await writeAudit(tx, {
      actor,
      action,
      objectKind: 'proposal',
      objectId: proposalId,
      details: { personId, ...details },
    })
}

const draftConfirmed = async (
  tx: Transaction,
  actor: Actor,
  laboratory: Laboratory,
  singles: StoredTest[],
  at: Date,
): Promise<void> => {
  const decided = new Set(
    (
      await queries.findConfirmed(
        tx,
        singles.map((test) => test.test_id),
      )
    ).map((finding) => finding.test_id),
  )
  await queries.keepReviewed(tx, [...decided], at)
  const drafts = singles
    .filter((test) => !decided.has(test.test_id))
    .map((test) => ({
      kind: 'finding.add' as const,
      personId: test.person_id,
      partnerId: laboratory.partnerId,
      payload: {
        category: 'confirmed',
        evidence: evidenceOf(laboratory, test),
        source: laboratory.name,
        anchorAt: test.sampled_at.toISOString(),
        testId: test.test_id,
      },
    }))
  const made = await queries.insertDrafts(tx, drafts, at, new Date(at.getTime() + DRAFT_LIFE_MS))
  await auditProposals(tx, actor, 'proposal.made', made, { kind: 'finding.add', category: 'confirmed' })
}

/** What follows from results that are there now. */
export const applyResults = async (
  tx: Transaction,
  actor: Actor,
  laboratory: Laboratory,
  tests: StoredTest[],
  at: Date,
): Promise<void> => {
  const pooled = tests.filter(isPositive('pooled'))
  if (pooled.length > 0) {
    const findings = pooled.map((test) => ({
      personId: test.person_id,
      poolId: poolIdOf(laboratory, test),
      anchorAt: test.sampled_at,
      evidence: evidenceOf(laboratory, test),
    }))
    await auditFindings(
      tx,
      actor,
      'finding.added_by_rule',
      await queries.insertPoolFindings(tx, findings, at),
    )
  }
  const singles = tests.filter(isPositive('single'))
  if (singles.length > 0) await draftConfirmed(tx, actor, laboratory, singles, at)
}

/** What follows from results that are gone, or no longer what they were. `now` holds those that are there again. */
export const undoResults = async (
  tx: Transaction,
  actor: Actor,
  laboratory: Laboratory,
  gone: StoredTest[],
  now: StoredTest[],
  at: Date,
): Promise<void> => {
  if (gone.length === 0) return
  const withdrawn = await queries.withdrawPoolFindings(
    tx,
    [...new Set(gone.map((test) => poolIdOf(laboratory, test)))],
    [...new Set(gone.map((test) => test.person_id))],
    at,
  )
  await auditFindings(tx, actor, 'finding.withdrawn_by_rule', withdrawn)
  const testIds = gone.map((test) => test.test_id)
  const closed = await queries.closeDrafts(tx, testIds, at)
  await auditProposals(tx, actor, 'proposal.expired', closed, { reason: 'result_withdrawn' })
  const stillPositive = new Set(now.filter(isPositive('single')).map((test) => test.test_id))
  const confirmed = (await queries.findConfirmed(tx, testIds)).filter(
    (finding) => !stillPositive.has(finding.test_id),
  )
  const drafts = confirmed.map((finding) => ({
    kind: 'finding.end' as const,
    personId: finding.person_id,
    partnerId: laboratory.partnerId,
    payload: {
      category: finding.category,
      evidence: `${laboratory.name}: 结果已撤回或更正`,
      source: laboratory.name,
      findingId: finding.finding_id,
      endKind: 'withdrawn',
    },
  }))
  const made = await queries.insertDrafts(tx, drafts, at, new Date(at.getTime() + DRAFT_LIFE_MS))
  await auditProposals(tx, actor, 'proposal.made', made, { kind: 'finding.end', category: 'confirmed' })
}
