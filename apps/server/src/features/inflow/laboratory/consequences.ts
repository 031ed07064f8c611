import type { Transaction } from '../../../db/pool.ts'
import {
  closeResultDrafts,
  insertResultDrafts,
  type ResultDraft,
} from '../../approval/proposal/draft.queries.ts'
import { insertPoolFindings, withdrawPoolFindings } from '../../colours/facts/findings-by-rule.queries.ts'
import type { StoredTest } from '../../colours/facts/result-row.ts'
import { approveAgain, forgetVerdicts } from '../../colours/facts/tests.queries.ts'
import { type AuditInput, writeAuditOfEach } from '../../ledger/audit/audit.service.ts'
import * as queries from './consequences.queries.ts'

// A positive single sample drafts `confirmed` for a person to decide; until then the result stands alone (yellow by the
// ruleset). A positive pool gives everyone in it `pool_positive` by rule. What a laboratory takes back takes these back:
// pool findings and open drafts at once, an approved `confirmed` by a draft that ends it. A verdict holds while the result
// stays positive; every draft carries its test, and a test has one open draft of a kind at most.

const DRAFT_LIFE_MS = 7 * 24 * 3600_000
/** Drafts renewed in one go; the rest follows minutes later. */
const LIMIT = 500

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

const auditFindings = (
  tx: Transaction,
  actor: Actor,
  action: string,
  findings: { findingId: string; personId: string }[],
): Promise<void> =>
  writeAuditOfEach(
    tx,
    { actor, action, objectKind: 'finding', details: { category: 'pool_positive' } },
    findings.map(({ findingId, personId }) => ({ objectId: findingId, details: { personId } })),
  )

const auditProposals = (
  tx: Transaction,
  actor: Actor,
  action: string,
  proposals: { proposalId: string; details: Record<string, unknown> }[],
): Promise<void> =>
  writeAuditOfEach(
    tx,
    { actor, action, objectKind: 'proposal' },
    proposals.map(({ proposalId, details }) => ({ objectId: proposalId, details })),
  )

const confirmedDraft = (laboratory: Laboratory, test: StoredTest): ResultDraft => ({
  kind: 'finding.add',
  personId: test.person_id,
  partnerId: laboratory.partnerId,
  payload: {
    category: 'confirmed',
    evidence: evidenceOf(laboratory, test),
    source: laboratory.name,
    anchorAt: test.sampled_at.toISOString(),
    testId: test.test_id,
  },
})

const endDraft = (laboratory: Laboratory, finding: queries.ConfirmedFinding): ResultDraft => ({
  kind: 'finding.end',
  personId: finding.person_id,
  partnerId: laboratory.partnerId,
  payload: {
    category: finding.category,
    evidence: `${laboratory.name}: 结果已撤回或更正`,
    source: laboratory.name,
    findingId: finding.finding_id,
    endKind: 'withdrawn',
    testId: finding.test_id,
  },
})

const makeDrafts = async (
  tx: Transaction,
  actor: Actor,
  drafts: ResultDraft[],
  at: Date,
): Promise<number> => {
  if (drafts.length === 0) return 0
  const made = await insertResultDrafts(tx, drafts, at, new Date(at.getTime() + DRAFT_LIFE_MS))
  await auditProposals(
    tx,
    actor,
    'proposal.made',
    made.map(({ proposalId, personId, kind }) => ({
      proposalId,
      details: { personId, kind, category: 'confirmed' },
    })),
  )
  return made.length
}

/** Closes drafts of results that are no longer what they were. */
const closeDrafts = async (
  tx: Transaction,
  actor: Actor,
  kind: ResultDraft['kind'],
  testIds: string[],
  at: Date,
): Promise<void> => {
  if (testIds.length === 0) return
  const closed = await closeResultDrafts(tx, kind, testIds, at)
  await auditProposals(
    tx,
    actor,
    'proposal.expired',
    closed.map(({ proposalId, personId }) => ({
      proposalId,
      details: { personId, reason: 'result_changed' },
    })),
  )
}

/**
 * Drafts `confirmed` for positives that nobody has decided; one whose finding still stands is decided already, and nothing
 * is to end it.
 */
const draftConfirmed = async (
  tx: Transaction,
  actor: Actor,
  laboratory: Laboratory,
  singles: StoredTest[],
  at: Date,
): Promise<void> => {
  const undecided = singles.filter((test) => test.verdict === null)
  const confirmed = await queries.findConfirmed(
    tx,
    undecided.map((test) => test.test_id),
  )
  const standing = new Set(confirmed.map((finding) => finding.test_id))
  await approveAgain(tx, [...standing], at)
  await closeDrafts(tx, actor, 'finding.end', [...standing], at)
  const drafts = undecided
    .filter((test) => !standing.has(test.test_id))
    .map((test) => confirmedDraft(laboratory, test))
  await makeDrafts(tx, actor, drafts, at)
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
    await auditFindings(tx, actor, 'finding.added_by_rule', await insertPoolFindings(tx, findings, at))
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
  const withdrawn = await withdrawPoolFindings(
    tx,
    [...new Set(gone.map((test) => poolIdOf(laboratory, test)))],
    [...new Set(gone.map((test) => test.person_id))],
    at,
  )
  await auditFindings(tx, actor, 'finding.withdrawn_by_rule', withdrawn)
  const goneIds = gone.map((test) => test.test_id)
  const positiveIds = new Set(now.filter(isPositive('single')).map((test) => test.test_id))
  await closeDrafts(tx, actor, 'finding.add', goneIds, at)
  await closeDrafts(tx, actor, 'finding.end', [...positiveIds], at)
  const lost = gone.filter((test) => isPositive('single')(test) && !positiveIds.has(test.test_id))
  const lostIds = lost.map((test) => test.test_id)
  await forgetVerdicts(tx, lostIds)
  const confirmed = await queries.findConfirmed(tx, lostIds)
  await makeDrafts(
    tx,
    actor,
    confirmed.map((finding) => endDraft(laboratory, finding)),
    at,
  )
}

/**
 * A positive always has somebody to decide about it: drafts that nobody decided in time are made anew, on top of the list.
 * @returns how many
 */
export const renewDrafts = async (tx: Transaction, at: Date): Promise<number> => {
  const undrafted = await queries.findUndrafted(tx, LIMIT)
  const forgotten = await queries.findForgottenEnds(tx, LIMIT)
  const drafts = [
    ...undrafted.map((test) => confirmedDraft({ partnerId: test.partner_id, name: test.name }, test)),
    ...forgotten.map((finding) => endDraft({ partnerId: finding.partner_id, name: finding.name }, finding)),
  ]
  return makeDrafts(tx, { kind: 'system' }, drafts, at)
}
