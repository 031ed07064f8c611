import type { Proposal, ProposalState } from '@jiankangbao/contracts/schemas/finding'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { maskDocumentNumber } from '@jiankangbao/domain/identity/person-name'
import { inTransaction, type Transaction } from '../../db/pool.ts'
import { AppError, fieldError } from '../../errors/app-error.ts'
import { hasRole, type OperatorCaller } from '../../http/caller.ts'
import type { Parts } from '../../parts.ts'
import { writeAudit } from '../audit/audit.service.ts'
import * as queries from './proposal.queries.ts'
import type { DecisionListener, ProposalKind } from './proposal-kind.ts'

// A proposal:  open → approved | rejected | expired. Approving writes its effect and leaves an audit entry in one
// transaction. Nobody decides their own; one that turns people red, or that raised an alarm, needs `hq`.

export type { ProposalRow } from './proposal.queries.ts'
export type { DecisionListener, ProposalKind } from './proposal-kind.ts'

const LIFETIME_MS = 72 * 3600_000

type Kind = queries.ProposalRow['kind']

const requireVisible = (
  caller: OperatorCaller,
  row: queries.ProposalRow | undefined,
): queries.ProposalRow => {
  if (!row || !divisionCovers(caller.divisionCode, row.division_code)) throw new AppError('NOT_FOUND')
  return row
}

/** Proposals of every kind, and their decisions. The kinds are defined by the features they belong to. */
export const createProposalService = ({
  pool,
  clock,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'>) => {
  const kinds = new Map<Kind, ProposalKind>()
  const listeners: DecisionListener[] = []
  const kindOf = (row: queries.ProposalRow): ProposalKind => {
    const kind = kinds.get(row.kind)
    if (!kind) throw new Error(`no feature defined proposals of kind ${row.kind}`)
    return kind
  }

  const toProposal = async (caller: OperatorCaller, row: queries.ProposalRow): Promise<Proposal> => {
    const { category, evidence = '', source = '' } = row.payload
    return {
      proposalId: row.proposal_id,
      kind: row.kind,
      state: row.state,
      ...(row.person_id && row.document_number_encrypted
        ? {
            person: {
              personId: row.person_id,
              nameMasked: row.name_masked ?? '',
              documentNumberMasked: maskDocumentNumber(
                encryption.decrypt(row.document_number_encrypted, 'persons.document_number'),
              ),
            },
          }
        : {}),
      ...(category ? { category } : {}),
      evidence,
      source,
      ...(row.appeal_id ? { appealId: row.appeal_id } : {}),
      needsHq: row.needs_hq,
      alarms: row.alarms,
      ...(await kindOf(row).view(row)),
      proposedBy: row.proposer_name,
      proposedAt: row.proposed_at.toISOString(),
      mine: row.proposed_by === caller.operatorId,
      expiresAt: row.expires_at.toISOString(),
      ...(row.decider_name ? { decidedBy: row.decider_name } : {}),
      ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
      ...(row.decision_reason ? { decisionReason: row.decision_reason } : {}),
    }
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
    const kind = kindOf(row)
    const state = verdict === 'approve' ? 'approved' : 'rejected'
    const close = () =>
      queries.closeProposal(tx, proposalId, { state, decidedBy: caller.operatorId, decidedAt: now, reason })
    let effect: Record<string, unknown> = {}
    if (verdict === 'approve') {
      const needsHq = row.needs_hq || (await kind.needsHqNow?.(tx, row)) === true
      if (needsHq && !hasRole(caller, 'hq'))
        throw new AppError('FORBIDDEN', { fields: [{ field: 'category', reason: 'needs_hq' }] })
      await close()
      effect = await kind.approve(tx, caller, row)
    } else {
      await close()
      await kind.reject(tx, row)
    }
    for (const listener of listeners) await listener(tx, { proposalId, state, reason })
    const { person_id: personId, import_id: importId, draft_id: draftId } = row
    await writeAudit(tx, {
      actor: caller,
      action: `proposal.${state}`,
      objectKind: 'proposal',
      objectId: proposalId,
      purpose: reason,
      details: {
        ...(personId ? { personId } : {}),
        ...(importId ? { importId } : {}),
        ...(draftId ? { draftId } : {}),
        ...(row.payload.category ? { category: row.payload.category } : {}),
        ...effect,
      },
    })
  }

  const getProposal = async (caller: OperatorCaller, proposalId: string): Promise<Proposal> =>
    toProposal(caller, requireVisible(caller, await queries.findProposal(pool, clock(), proposalId)))

  return {
    /** Tells what proposals of a kind show and do; once, as the server is built. */
    defineKind: (name: Kind, kind: ProposalKind): void => void kinds.set(name, kind),

    /** Whoever follows decisions; once, as the server is built. */
    onDecided: (listener: DecisionListener): void => void listeners.push(listener),

    /**
     * Makes a proposal in the given transaction; a request that came before makes none.
     * @throws AppError REQUEST_ID_REUSED where the request was for something else
     */
    propose: async (
      tx: Transaction,
      caller: OperatorCaller,
      proposal: Omit<queries.NewProposal, 'divisionCode' | 'proposedBy' | 'proposedAt' | 'expiresAt'>,
    ): Promise<string> => {
      const now = clock()
      const made = await queries.insertProposal(tx, {
        ...proposal,
        divisionCode: caller.divisionCode,
        proposedBy: caller.operatorId,
        proposedAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
      })
      if (!made) {
        const row = await queries.findProposalOfRequest(tx, now, proposal.requestId, caller.operatorId)
        const { subject } = proposal
        const same =
          row?.kind === proposal.kind &&
          ('personId' in subject
            ? row.person_id === subject.personId
            : 'importId' in subject
              ? row.import_id === subject.importId
              : row.draft_id === subject.draftId)
        if (!row || !same) throw new AppError('REQUEST_ID_REUSED')
        return row.proposal_id
      }
      const { kind, alarms, needsHq, payload } = proposal
      const category = typeof payload.category === 'string' ? { category: payload.category } : {}
      const entry = { actor: caller, objectKind: 'proposal', objectId: made }
      await writeAudit(tx, {
        ...entry,
        action: 'proposal.made',
        details: { kind, ...proposal.subject, ...category, ...(needsHq ? { needsHq } : {}) },
      })
      if (alarms.length > 0)
        await writeAudit(tx, {
          ...entry,
          action: 'proposal.alarmed',
          details: { alarms: alarms.map((alarm) => alarm.kind) },
        })
      return made
    },

    listProposals: async (
      caller: OperatorCaller,
      query: {
        cursor?: string | undefined
        limit?: number | undefined
        state?: ProposalState | undefined
        personId?: string | undefined
        alarmed?: 'true' | 'false' | undefined
      },
    ) => {
      if (query.cursor !== undefined && !/^[1-9][0-9]{0,17}$/.test(query.cursor))
        throw fieldError('cursor', 'invalid')
      const limit = query.limit ?? 20
      const rows = await queries.listProposals(pool, clock(), {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        state: query.state ?? null,
        personId: query.personId ?? null,
        alarmed: query.alarmed === 'true',
        beforeId: query.cursor ?? null,
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const proposals = await Promise.all(page.map((row) => toProposal(caller, row)))
      return { proposals, ...(rows.length > limit && last ? { nextCursor: last.proposal_id } : {}) }
    },

    getProposal,

    /** @throws AppError OWN_PROPOSAL, STATE_CONFLICT (already decided or expired), FORBIDDEN (needs hq), NOT_FOUND. */
    decideProposal: async (
      caller: OperatorCaller,
      proposalId: string,
      decision: { verdict: 'approve' | 'reject'; reason: string },
    ): Promise<Proposal> => {
      await inTransaction(pool, (tx) => decide(tx, caller, proposalId, decision))
      return getProposal(caller, proposalId)
    },
  }
}

export type ProposalService = ReturnType<typeof createProposalService>
