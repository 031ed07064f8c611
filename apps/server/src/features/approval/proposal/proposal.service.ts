import type { Proposal, ProposalState } from '@jiankangbao/contracts/proposal/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { runsOutAt } from '../second-person/open-matter.ts'
import { decideProposal, type Held, withdrawProposal } from './decision.ts'
import * as queries from './proposal.queries.ts'
import type { DecisionListener, ProposalKind } from './proposal-kind.ts'
import { isCityHeadquarters, toProposal } from './proposal-view.ts'

// A proposal:  open → approved | rejected | expired | withdrawn. Approving writes its effect and leaves an audit entry in one
// transaction. Nobody decides their own; one that turns people red or takes red back, or that raised an alarm, needs `hq` of
// the whole city.

type Kind = queries.ProposalRow['kind']

/** Whether headquarters of the whole city approved it. */
export const wasDecidedAtHeadquarters = async (
  db: Queryable,
  proposalId: string,
  cityDivision: string,
): Promise<boolean> => {
  const decider = await queries.findDecider(db, proposalId)
  return decider !== undefined && isCityHeadquarters(decider, cityDivision)
}

const requireVisible = (
  caller: OperatorCaller,
  row: queries.ProposalRow | undefined,
): queries.ProposalRow => {
  if (!row || !divisionCovers(caller.divisionCode, row.division_code)) throw new AppError('NOT_FOUND')
  return row
}

const isAbout = (row: queries.ProposalRow, subject: queries.NewProposal['subject']): boolean => {
  if ('personId' in subject) return row.person_id === subject.personId
  if ('zoneId' in subject) return row.zone_id === subject.zoneId
  if ('caseId' in subject) return row.case_id === subject.caseId
  if ('announcementId' in subject) return row.announcement_id === subject.announcementId
  if ('lookupRole' in subject) return row.lookup_role === subject.lookupRole
  if ('serviceVersion' in subject) return row.service_version === subject.serviceVersion
  if ('rulesetId' in subject) return row.ruleset_id === subject.rulesetId
  return 'importId' in subject ? row.import_id === subject.importId : row.draft_id === subject.draftId
}

const isSame = (
  row: queries.ProposalRow,
  { kind, subject }: Pick<queries.NewProposal, 'kind' | 'subject'>,
): boolean => row.kind === kind && isAbout(row, subject)

/** What the proposer said, as both the request and the kept payload have it. */
const SAID = [
  'category',
  'anchorAt',
  'endedAt',
  'evidence',
  'source',
  'contactPersonId',
  'zoneName',
  'norm',
] as const

const saysSame = (row: queries.ProposalRow, { payload }: Pick<queries.NewProposal, 'payload'>): boolean => {
  const kept = row.payload as Record<string, unknown>
  const said = payload as Record<string, unknown>
  return SAID.every((name) => JSON.stringify(kept[name]) === JSON.stringify(said[name]))
}

/** Proposals of every kind, and their decisions. The kinds are defined by the features they belong to. */
export const createProposalService = ({
  pool,
  clock,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const kinds = new Map<Kind, ProposalKind>()
  const listeners: DecisionListener[] = []
  const kindOf = (row: queries.ProposalRow): ProposalKind => {
    const kind = kinds.get(row.kind)
    if (!kind) throw new Error(`no feature defined proposals of kind ${row.kind}`)
    return kind
  }

  const view = (caller: OperatorCaller, row: queries.ProposalRow): Promise<Proposal> =>
    toProposal({ pool, encryption, config }, kindOf(row), caller, row)

  /** Holds a proposal until commit and ends it; then shows what became of it. */
  const end = async (
    caller: OperatorCaller,
    proposalId: string,
    how: (tx: Transaction, held: Held) => Promise<void>,
  ): Promise<Proposal> => {
    const now = clock()
    const cityDivision = config.city.divisionCode
    await inTransaction(pool, async (tx) => {
      const row = requireVisible(caller, await queries.lockProposal(tx, now, proposalId))
      await how(tx, { row, kind: kindOf(row), listeners, cityDivision, now, config })
    })
    return getProposal(caller, proposalId)
  }

  const getProposal = async (caller: OperatorCaller, proposalId: string): Promise<Proposal> =>
    view(caller, requireVisible(caller, await queries.findProposal(pool, clock(), proposalId)))

  return {
    /** Tells what proposals of a kind show and do; once, as the server is built. */
    defineKind: (name: Kind, kind: ProposalKind): void => void kinds.set(name, kind),

    /** Whoever follows decisions; once, as the server is built. */
    onDecided: (listener: DecisionListener): void => void listeners.push(listener),

    /** The proposal that the same request made before, whatever became of it since; a repeat is answered with it. */
    findMade: async (
      tx: Transaction,
      caller: OperatorCaller,
      request: Pick<queries.NewProposal, 'requestId' | 'kind' | 'subject'>,
    ): Promise<string | undefined> => {
      const row = await queries.findProposalOfRequest(tx, clock(), request.requestId, caller.operatorId)
      return row && isSame(row, request) ? row.proposal_id : undefined
    },

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
        expiresAt: runsOutAt(config, now),
      })
      if (!made) {
        const row = await queries.findProposalOfRequest(tx, now, proposal.requestId, caller.operatorId)
        if (!row || !isSame(row, proposal) || !saysSame(row, proposal))
          throw new AppError('REQUEST_ID_REUSED')
        return row.proposal_id
      }
      const row = await queries.findProposal(tx, now, made)
      if (row) await queries.keepSeenAtProposal(tx, made, await kindOf(row).foresee(tx, row))
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
        mine?: 'true' | 'false' | undefined
      },
    ) => {
      const limit = query.limit ?? 20
      const rows = await queries.listProposals(pool, clock(), {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        state: query.state ?? null,
        personId: query.personId ?? null,
        alarmed: query.alarmed === 'true',
        proposedBy: query.mine === 'true' ? caller.operatorId : null,
        beforeId: readIdCursor(query.cursor),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const proposals = await Promise.all(page.map((row) => view(caller, row)))
      return { proposals, ...(rows.length > limit && last ? { nextCursor: last.proposal_id } : {}) }
    },

    getProposal,

    /** @throws AppError OWN_PROPOSAL, STATE_CONFLICT (already decided or expired), FORBIDDEN (needs hq), NOT_FOUND. */
    decideProposal: (
      caller: OperatorCaller,
      proposalId: string,
      decision: { verdict: 'approve' | 'reject'; reason: string },
    ): Promise<Proposal> => end(caller, proposalId, (tx, held) => decideProposal(tx, caller, held, decision)),

    /** @throws AppError FORBIDDEN (somebody else's), STATE_CONFLICT (already decided or expired), NOT_FOUND. */
    withdrawProposal: (caller: OperatorCaller, proposalId: string, reason: string): Promise<Proposal> =>
      end(caller, proposalId, (tx, held) => withdrawProposal(tx, caller, held, reason)),
  }
}

export type ProposalService = ReturnType<typeof createProposalService>
