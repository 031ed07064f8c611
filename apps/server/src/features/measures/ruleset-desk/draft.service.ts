import type {
  RulesetDraft,
  RulesetDraftEntry,
  RulesetDraftState,
  RulesetEntry,
  RulesetError,
  RulesetWarning,
} from '@jiankangbao/contracts/ruleset/schemas'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { checkDocument } from '../../colours/rules/check-document.ts'
import * as published from '../../colours/rules/published.queries.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './draft.queries.ts'
import { toDraftEntry, toRulesetEntries } from './draft-view.ts'
import * as runs from './dry-run.queries.ts'
import { findWarnings } from './warnings.ts'

// A draft:  draft → dry_running → dry_run_done → proposed → published | rejected. A dry run that is cancelled or fails leads
// back to draft, a proposal that runs out to dry_run_done; cancelled from any state before it is proposed. Published, it may
// still be called off before its instant.

const SHOWN_ERRORS = 200
/** Of a refused draft; whoever wants to see them all has the document checked. */
const FIELDS = 50
const SHOWN_DRAFTS = 50
const MOST_UNFINISHED = 20
const ENDED: RulesetDraftState[] = ['published', 'called_off', 'rejected', 'cancelled']

/** @throws AppError STATE_CONFLICT with the state that it is in */
export const requireState = (row: queries.DraftRecord, states: readonly RulesetDraftState[]): void => {
  if (!states.includes(row.state)) throw stateConflict('state', row.state)
}

/** Published rulesets, and drafts on their way there; the jobs do the dry runs. */
export const createRulesetDraftService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    draftId: string,
    details: Record<string, unknown> = {},
  ) => writeAudit(tx, { actor: caller, action, objectKind: 'ruleset_draft', objectId: draftId, details })

  const getDraft = async (caller: OperatorCaller, draftId: string): Promise<RulesetDraft> => {
    const row = await queries.findDraft(pool, draftId)
    if (!row) throw new AppError('NOT_FOUND')
    const now = clock()
    const inForce = await getRulesetInForce(pool, now)
    const isOpen = !ENDED.includes(row.state)
    return {
      ...toDraftEntry(caller, row, inForce.id, now),
      document: row.document,
      warnings: isOpen ? await findWarnings(pool, row.document, now) : [],
    }
  }

  /** Runs one act on a draft held until commit, then shows the result. */
  const actOn = async (
    caller: OperatorCaller,
    draftId: string,
    act: (tx: Transaction, row: queries.DraftRecord) => Promise<void>,
  ): Promise<RulesetDraft> => {
    await inTransaction(pool, async (tx) => {
      const row = await queries.lockDraft(tx, draftId)
      if (!row) throw new AppError('NOT_FOUND')
      await act(tx, row)
    })
    return getDraft(caller, draftId)
  }

  const listEntries = async (): Promise<RulesetEntry[]> => {
    const now = clock()
    return toRulesetEntries(await published.listPublished(pool, now), now)
  }

  const insert = async (caller: OperatorCaller, requestId: string, document: Ruleset): Promise<string> => {
    if ((await queries.countUnfinished(pool, caller.operatorId)) >= MOST_UNFINISHED)
      throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
    const { operatorId } = caller
    const made = await inTransaction(pool, async (tx) => {
      const draft = { document, createdBy: operatorId, createdAt: clock(), requestId }
      const draftId = await queries.insertDraft(tx, draft)
      if (draftId) await audit(tx, caller, 'ruleset_draft.created', draftId, { rulesetId: document.id })
      return draftId
    })
    if (made) return made
    const known = await queries.findDraftOfRequest(pool, operatorId, requestId, document)
    if (!known?.same) throw new AppError('REQUEST_ID_REUSED')
    return known.draftId
  }

  return {
    listRulesets: async () => ({ rulesets: await listEntries() }),

    getRuleset: async (rulesetId: string) => {
      const entries = await listEntries()
      const ruleset = entries.find((each) => each.rulesetId === rulesetId)
      const document = await published.findDocument(pool, rulesetId)
      if (!ruleset || !document) throw new AppError('NOT_FOUND')
      return { ruleset, document }
    },

    /** Everything that is wrong with a document, or what it would do that nobody may have meant. */
    checkRuleset: async (
      document: unknown,
    ): Promise<{ errors: RulesetError[]; errorCount: number; warnings: RulesetWarning[] }> => {
      const checked = await checkDocument(pool, document)
      if (!checked.ok)
        return {
          errors: checked.errors.slice(0, SHOWN_ERRORS),
          errorCount: checked.errors.length,
          warnings: [],
        }
      return { errors: [], errorCount: 0, warnings: await findWarnings(pool, checked.ruleset, clock()) }
    },

    /** @throws AppError VALIDATION_FAILED (the document, by its places), TOO_MANY_REQUESTS, REQUEST_ID_REUSED. */
    createDraft: async (
      caller: OperatorCaller,
      { requestId, document }: { requestId: string; document: unknown },
    ): Promise<RulesetDraft> => {
      const checked = await checkDocument(pool, document)
      if (!checked.ok)
        throw new AppError('VALIDATION_FAILED', {
          fields: checked.errors
            .slice(0, FIELDS)
            .map(({ path, reason }) => ({ field: `document${path}`, reason })),
        })
      const known = await queries.findDraftOfRequest(pool, caller.operatorId, requestId, checked.ruleset)
      if (known && !known.same) throw new AppError('REQUEST_ID_REUSED')
      return getDraft(caller, known?.draftId ?? (await insert(caller, requestId, checked.ruleset)))
    },

    listDrafts: async (caller: OperatorCaller): Promise<{ drafts: RulesetDraftEntry[] }> => {
      const now = clock()
      const inForce = await getRulesetInForce(pool, now)
      const rows = await queries.listDrafts(pool, SHOWN_DRAFTS)
      return { drafts: rows.map((row) => toDraftEntry(caller, row, inForce.id, now)) }
    },

    getDraft,

    /** Gives a draft up: its author, or headquarters. */
    cancelDraft: (caller: OperatorCaller, draftId: string): Promise<RulesetDraft> =>
      actOn(caller, draftId, async (tx, row) => {
        if (row.created_by !== caller.operatorId && !hasRole(caller, 'hq')) throw new AppError('FORBIDDEN')
        if (row.state === 'cancelled') return
        requireState(row, ['draft', 'dry_running', 'dry_run_done'])
        await queries.setDraftState(tx, draftId, 'cancelled')
        await audit(tx, caller, 'ruleset_draft.cancelled', draftId)
      }),

    /** Counts what the draft would do to everybody, anew each time; one under way goes on. */
    startDryRun: (caller: OperatorCaller, draftId: string): Promise<RulesetDraft> =>
      actOn(caller, draftId, async (tx, row) => {
        if (row.state === 'dry_running') return
        requireState(row, ['draft', 'dry_run_done'])
        const now = clock()
        const { id } = await getRulesetInForce(tx, now)
        await runs.beginRun(tx, draftId, { at: now, comparedWith: id })
        await audit(tx, caller, 'ruleset_draft.dry_run_started', draftId, { comparedWith: id })
      }),

    cancelDryRun: (caller: OperatorCaller, draftId: string): Promise<RulesetDraft> =>
      actOn(caller, draftId, async (tx, row) => {
        if (row.state === 'draft') return
        requireState(row, ['dry_running'])
        await runs.dropRun(tx, draftId, null)
        await audit(tx, caller, 'ruleset_draft.dry_run_cancelled', draftId)
      }),
  }
}

export type RulesetDraftService = ReturnType<typeof createRulesetDraftService>
