import type { FindingProposal, Proposal, ProposalState } from '@jiankangbao/contracts/schemas/finding'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { maskDocumentNumber } from '@jiankangbao/domain/identity/person-name'
import type { Finding } from '@jiankangbao/domain/status/finding'
import { findCategoryRule, listCategoryColours, listCategoryEnds } from '@jiankangbao/domain/status/ruleset'
import { inTransaction, type Transaction } from '../../db/pool.ts'
import { AppError, fieldError } from '../../errors/app-error.ts'
import { hasRole, type OperatorCaller } from '../../http/caller.ts'
import type { Parts } from '../../parts.ts'
import { writeAudit } from '../audit/audit.service.ts'
import { getRulesetInForce } from '../ruleset/ruleset.service.ts'
import { markDirty, previewChange } from '../status/status.service.ts'
import * as queries from './proposal.queries.ts'

// A proposal:  open → approved | rejected | expired. Approving writes the finding, marks the person dirty and leaves an
// audit entry in one transaction. Nobody decides their own; a category that can turn a person red needs `hq`.

const LIFETIME_MS = 72 * 3600_000

interface EndProposal {
  requestId: string
  kind: 'ended' | 'withdrawn'
  endedAt?: string | undefined
  evidence: string
}

/** How the findings of the person would look if the proposal were approved. */
const changeBy =
  (row: Pick<queries.ProposalRow, 'kind' | 'payload'>) =>
  (findings: Finding[]): Finding[] => {
    const { payload } = row
    if (row.kind === 'finding.add')
      return [
        ...findings,
        { findingId: 'proposed', category: payload.category, anchorAt: Date.parse(payload.anchorAt ?? '') },
      ]
    if (payload.endKind === 'withdrawn')
      return findings.filter((finding) => finding.findingId !== payload.findingId)
    const endedAt = Date.parse(payload.endedAt ?? '')
    return findings.map((finding) =>
      finding.findingId === payload.findingId ? { ...finding, endedAt } : finding,
    )
  }

/** Proposals that change colours, and their decisions. */
export const createFindingService = ({
  pool,
  clock,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'>) => {
  const toProposal = async (caller: OperatorCaller, row: queries.ProposalRow): Promise<Proposal> => {
    const impact = await previewChange(
      pool,
      row.person_id,
      row.state === 'open' ? changeBy(row) : (findings) => findings,
      clock(),
    )
    const { payload } = row
    return {
      proposalId: row.proposal_id,
      kind: row.kind,
      state: row.state,
      person: {
        personId: row.person_id,
        nameMasked: row.name_masked,
        documentNumberMasked: maskDocumentNumber(
          encryption.decrypt(row.document_number_encrypted, 'persons.document_number'),
        ),
      },
      category: payload.category,
      ...(payload.anchorAt ? { anchorAt: payload.anchorAt } : {}),
      ...(payload.endKind ? { endKind: payload.endKind } : {}),
      ...(payload.endedAt ? { endedAt: payload.endedAt } : {}),
      evidence: payload.evidence,
      source: payload.source,
      impact: {
        from: impact.from,
        to: impact.to,
        ...(impact.until ? { until: impact.until.toISOString() } : {}),
      },
      proposedBy: row.proposer_name,
      proposedAt: row.proposed_at.toISOString(),
      mine: row.proposed_by === caller.operatorId,
      expiresAt: row.expires_at.toISOString(),
      ...(row.decider_name ? { decidedBy: row.decider_name } : {}),
      ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
      ...(row.decision_reason ? { decisionReason: row.decision_reason } : {}),
    }
  }

  const parseInstant = (field: string, text: string): Date => {
    const instant = new Date(text)
    if (Number.isNaN(instant.getTime())) throw fieldError(field, 'format')
    if (instant > clock()) throw fieldError(field, 'in_the_future')
    return instant
  }

  const requireVisible = (
    caller: OperatorCaller,
    row: queries.ProposalRow | undefined,
  ): queries.ProposalRow => {
    if (!row || !divisionCovers(caller.divisionCode, row.division_code)) throw new AppError('NOT_FOUND')
    return row
  }

  const propose = async (
    caller: OperatorCaller,
    requestId: string,
    proposal: Pick<queries.NewProposal, 'kind' | 'personId' | 'payload'>,
  ): Promise<Proposal> => {
    const now = clock()
    await inTransaction(pool, async (tx) => {
      const proposalId = await queries.insertProposal(tx, {
        ...proposal,
        divisionCode: caller.divisionCode,
        proposedBy: caller.operatorId,
        proposedAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
        requestId,
      })
      if (!proposalId) return
      await writeAudit(tx, {
        actor: caller,
        action: 'proposal.made',
        objectKind: 'proposal',
        objectId: proposalId,
        details: { kind: proposal.kind, personId: proposal.personId, category: proposal.payload.category },
      })
    })
    const row = await queries.findProposalOfRequest(pool, now, requestId, caller.operatorId)
    if (!row || row.person_id !== proposal.personId || row.kind !== proposal.kind)
      throw new AppError('REQUEST_ID_REUSED')
    return toProposal(caller, row)
  }

  const requireRed = async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.ProposalRow,
  ): Promise<void> => {
    if (row.kind !== 'finding.add' || hasRole(caller, 'hq')) return
    const rule = findCategoryRule(await getRulesetInForce(tx, clock()), row.payload.category)
    if (!rule || listCategoryColours(rule).includes('red'))
      throw new AppError('FORBIDDEN', { fields: [{ field: 'category', reason: 'needs_hq' }] })
  }

  const apply = async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.ProposalRow,
  ): Promise<string> => {
    if (row.kind === 'finding.add') return queries.insertFinding(tx, row, caller.operatorId)
    if (!(await queries.endFinding(tx, row.payload, clock())))
      throw new AppError('STATE_CONFLICT', { fields: [{ field: 'findingId', reason: 'withdrawn' }] })
    return row.payload.findingId ?? ''
  }

  const decide = async (
    tx: Transaction,
    caller: OperatorCaller,
    proposalId: string,
    { verdict, reason }: { verdict: 'approve' | 'reject'; reason: string },
  ): Promise<void> => {
    const now = clock()
    const row = requireVisible(caller, await queries.lockProposal(tx, now, proposalId))
    if (row.state !== 'open')
      throw new AppError('STATE_CONFLICT', { fields: [{ field: 'state', reason: row.state }] })
    if (row.proposed_by === caller.operatorId) throw new AppError('OWN_PROPOSAL')
    const close = (state: 'approved' | 'rejected') =>
      queries.closeProposal(tx, proposalId, { state, decidedBy: caller.operatorId, decidedAt: now, reason })
    const audit = (action: string, details: Record<string, unknown>) =>
      writeAudit(tx, {
        actor: caller,
        action,
        objectKind: 'proposal',
        objectId: proposalId,
        purpose: reason,
        details: { personId: row.person_id, category: row.payload.category, ...details },
      })
    if (row.payload.testId) await queries.markReviewed(tx, row.payload.testId, now)
    if (verdict === 'reject') {
      await close('rejected')
      if (row.payload.testId) await markDirty(tx, [row.person_id], row.kind)
      return audit('proposal.rejected', {})
    }
    await requireRed(tx, caller, row)
    await close('approved')
    const findingId = await apply(tx, caller, row)
    await markDirty(tx, [row.person_id], row.kind)
    return audit('proposal.approved', { findingId })
  }

  return {
    /** Categories of the ruleset in force, with what they can do and whether they may be entered by hand. */
    listFindingCategories: async () => {
      const ruleset = await getRulesetInForce(pool, clock())
      const categories = Object.entries(ruleset.categories).map(([category, rule]) => ({
        category,
        colours: listCategoryColours(rule),
        manual: rule.manual,
        ends: listCategoryEnds(rule),
      }))
      return { rulesetId: ruleset.id, categories }
    },

    /** @throws AppError NOT_FOUND (person), VALIDATION_FAILED: category unknown or not manual, anchor in the future. */
    proposeFinding: async (caller: OperatorCaller, body: FindingProposal): Promise<Proposal> => {
      const rule = findCategoryRule(await getRulesetInForce(pool, clock()), body.category)
      if (!rule?.manual) throw fieldError('category', 'not_allowed')
      const anchorAt = parseInstant('anchorAt', body.anchorAt).toISOString()
      if (!(await queries.isPerson(pool, body.personId))) throw new AppError('NOT_FOUND')
      const { category, evidence, source } = body
      return propose(caller, body.requestId, {
        kind: 'finding.add',
        personId: body.personId,
        payload: { category, evidence, source, anchorAt },
      })
    },

    /** Ends a finding (discharge, lifted) or withdraws one that was never right. */
    proposeFindingEnd: async (
      caller: OperatorCaller,
      findingId: string,
      body: EndProposal,
    ): Promise<Proposal> => {
      const finding = await queries.findActiveFinding(pool, findingId)
      if (!finding) throw new AppError('NOT_FOUND')
      if (body.kind === 'ended' && body.endedAt === undefined) throw fieldError('endedAt', 'required')
      const endedAt = body.endedAt === undefined ? undefined : parseInstant('endedAt', body.endedAt)
      if (endedAt && endedAt < finding.anchor_at) throw fieldError('endedAt', 'before_anchor')
      return propose(caller, body.requestId, {
        kind: 'finding.end',
        personId: finding.person_id,
        payload: {
          category: finding.category,
          evidence: body.evidence,
          source: finding.source,
          findingId,
          endKind: body.kind,
          ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
        },
      })
    },

    listProposals: async (
      caller: OperatorCaller,
      query: {
        cursor?: string | undefined
        limit?: number | undefined
        state?: ProposalState | undefined
        personId?: string | undefined
      },
    ) => {
      if (query.cursor !== undefined && !/^[1-9][0-9]{0,17}$/.test(query.cursor))
        throw fieldError('cursor', 'invalid')
      const limit = query.limit ?? 20
      const rows = await queries.listProposals(pool, clock(), {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        state: query.state ?? null,
        personId: query.personId ?? null,
        beforeId: query.cursor ?? null,
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const proposals = await Promise.all(page.map((row) => toProposal(caller, row)))
      return { proposals, ...(rows.length > limit && last ? { nextCursor: last.proposal_id } : {}) }
    },

    getProposal: async (caller: OperatorCaller, proposalId: string): Promise<Proposal> =>
      toProposal(caller, requireVisible(caller, await queries.findProposal(pool, clock(), proposalId))),

    /** @throws AppError OWN_PROPOSAL, STATE_CONFLICT (already decided or expired), FORBIDDEN (needs hq), NOT_FOUND. */
    decideProposal: async (
      caller: OperatorCaller,
      proposalId: string,
      decision: { verdict: 'approve' | 'reject'; reason: string },
    ): Promise<Proposal> => {
      await inTransaction(pool, (tx) => decide(tx, caller, proposalId, decision))
      return toProposal(caller, requireVisible(caller, await queries.findProposal(pool, clock(), proposalId)))
    },
  }
}

export type FindingService = ReturnType<typeof createFindingService>
