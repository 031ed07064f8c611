import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { weighMoves } from '../../approval/proposal/alarms.service.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { insertMadeDivisions } from '../../city/place/division.queries.ts'
import { checkDocument } from '../../colours/rules/check-document.ts'
import { insertPublished } from '../../colours/rules/published.queries.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './draft.queries.ts'
import { requireState } from './draft.service.ts'
import { isOutdated, toMoves } from './draft-view.ts'

const MOST_PAST_MS = 5 * 60_000
const MOST_AHEAD_MS = 366 * 24 * 3600_000

const toEffectiveFrom = (text: string, now: Date): Date => {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw fieldError('effectiveFrom', 'invalid')
  if (at.getTime() < now.getTime() - MOST_PAST_MS) throw fieldError('effectiveFrom', 'past')
  if (at.getTime() > now.getTime() + MOST_AHEAD_MS) throw fieldError('effectiveFrom', 'too_far_ahead')
  return at
}

const requireFreshRun = async (tx: Transaction, row: queries.DraftRecord, now: Date): Promise<void> => {
  const { id } = await getRulesetInForce(tx, now)
  if (isOutdated(row, id, now)) throw stateConflict('dryRun', 'outdated')
}

/**
 * From a draft to a ruleset that everybody's colour follows: proposed with what it would do, approved by a second operator
 * of headquarters who answers for the whole city. The jobs go through everybody once it is in force.
 */
export const createPublicationService = ({
  pool,
  clock,
  config,
  proposals,
}: Pick<Parts, 'pool' | 'clock' | 'config'> & { proposals: ProposalService }) => {
  /** @returns the ruleset as published: approved too late, it applies from now on and never looks back */
  const publish = async (tx: Transaction, caller: OperatorCaller, draftId: string): Promise<Ruleset> => {
    const now = clock()
    const row = await queries.lockDraft(tx, draftId)
    if (!row?.effective_from) throw new AppError('NOT_FOUND')
    requireState(row, ['proposed'])
    await requireFreshRun(tx, row, now)
    const effectiveFrom = Math.max(row.effective_from.getTime(), now.getTime())
    const ruleset = { ...row.document, effectiveFrom }
    if (!(await insertPublished(tx, ruleset, { at: now, by: caller.displayName }))) {
      const checked = await checkDocument(tx, row.document)
      const field = checked.ok ? 'effectiveFrom' : 'rulesetId'
      throw stateConflict(field, 'taken')
    }
    await queries.setPublished(tx, draftId, new Date(effectiveFrom))
    await insertMadeDivisions(tx, ruleset.divisions?.made ?? [])
    return ruleset
  }

  proposals.defineKind('ruleset.publish', {
    // Whoever wrote the document is not the second person, whoever proposed it.
    writersOf: async (db, { draft_id }) => {
      const row = await queries.findDraft(db, draft_id ?? '')
      return row ? [row.created_by] : []
    },
    foresee: async (db, { draft_id, payload }) => {
      const row = await queries.findDraft(db, draft_id ?? '')
      // Not yet on the draft in the moment of proposing.
      const effectiveFrom = row?.effective_from?.toISOString() ?? payload.effectiveFrom
      if (!row || typeof effectiveFrom !== 'string') return {}
      return {
        ruleset: {
          draftId: row.draft_id,
          rulesetId: row.document.id,
          effectiveFrom,
          persons: Number(row.run_done),
          moves: toMoves(row.run_counts).filter(({ from, to }) => from !== to),
        },
      }
    },
    approve: async (tx, caller, { draft_id }) => {
      const ruleset = await publish(tx, caller, draft_id ?? '')
      const effectiveFrom = new Date(ruleset.effectiveFrom).toISOString()
      await writeAudit(tx, {
        actor: caller,
        action: 'ruleset.published',
        objectKind: 'ruleset',
        objectId: ruleset.id,
        details: { draftId: draft_id, version: ruleset.version, effectiveFrom },
      })
      return { rulesetId: ruleset.id, effectiveFrom }
    },
    reject: (tx, { draft_id }) => queries.setDraftState(tx, draft_id ?? '', 'rejected'),
    withdraw: (tx, { draft_id }) => queries.setDraftState(tx, draft_id ?? '', 'dry_run_done'),
  })

  const propose = async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.DraftRecord,
    { requestId, effectiveFrom, evidence }: { requestId: string; effectiveFrom: Date; evidence: string },
  ): Promise<string> => {
    requireState(row, ['dry_run_done'])
    await requireFreshRun(tx, row, clock())
    const { worse } = weighMoves(toMoves(row.run_counts))
    const proposalId = await proposals.propose(tx, caller, {
      requestId,
      kind: 'ruleset.publish',
      subject: { draftId: row.draft_id },
      payload: { evidence, effectiveFrom: effectiveFrom.toISOString() },
      needsHq: true,
      alarms: worse >= config.approval.manyPersons ? [{ kind: 'many_persons', persons: worse }] : [],
      persons: 0,
    })
    await queries.setProposed(tx, row.draft_id, { effectiveFrom, evidence, proposalId })
    return proposalId
  }

  return {
    /**
     * Proposes a draft to headquarters.
     * @throws AppError VALIDATION_FAILED (`effectiveFrom`: `past`, `too_far_ahead`), STATE_CONFLICT (`state`, or `dryRun` /
     * `outdated`), REQUEST_ID_REUSED
     */
    proposeRuleset: async (
      caller: OperatorCaller,
      draftId: string,
      body: { requestId: string; effectiveFrom: string; evidence: string },
    ): Promise<Proposal> => {
      const proposalId = await inTransaction(pool, async (tx) => {
        const row = await queries.lockDraft(tx, draftId)
        if (!row) throw new AppError('NOT_FOUND')
        const subject = { draftId }
        const { requestId } = body
        const made = await proposals.findMade(tx, caller, { requestId, kind: 'ruleset.publish', subject })
        if (made) return made
        const effectiveFrom = toEffectiveFrom(body.effectiveFrom, clock())
        return propose(tx, caller, row, { ...body, effectiveFrom })
      })
      return proposals.getProposal(caller, proposalId)
    },
  }
}

export type PublicationService = ReturnType<typeof createPublicationService>
