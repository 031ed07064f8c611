import type { Call } from '@jiankangbao/contracts/schemas'
import type { Case, CaseEntry } from '@jiankangbao/contracts/tracing/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { addDays, DAY_MS, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { findFaultyRule, standardTracingRules, type TracingRules } from '@jiankangbao/domain/tracing/rules'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import * as queries from './case.queries.ts'
import {
  sealNote,
  showsNobody,
  toCaseChange,
  toCaseEntry,
  toCasePerson,
  toCaseStay,
  toExposedBy,
  windowOf,
} from './case-view.ts'
import { listExposedBy } from './exposed-by.queries.ts'
import { changeHeldCase, requireCase, writeChange } from './held-case.ts'
import { listEvents, listStays } from './stays.queries.ts'
import { copyVisits } from './stays.service.ts'

// A case:  by hand: waiting → open | refused;  by a finding or a result: open.  open → closed | negative.

type Opening = Call<'openCase'>['body']

/** No case begins further back: nothing would be left of it. */
const OLDEST_MS = 60 * DAY_MS

/** Cases: opening them, who may look into them, their window and rules. Only those on its list open a case. */
export const createCaseService = ({
  pool,
  clock,
  config,
  encryption,
  proposals,
}: Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'> & { proposals: ProposalService }) => {
  const parseInstant = (field: string, text: string): Date => {
    const instant = new Date(text)
    if (Number.isNaN(instant.getTime())) throw fieldError(field, 'format')
    if (instant > clock()) throw fieldError(field, 'in_the_future')
    if (instant.getTime() < clock().getTime() - OLDEST_MS) throw fieldError(field, 'too_old')
    return instant
  }

  const readRules = (rules: TracingRules): TracingRules => {
    const faulty = findFaultyRule(rules)
    if (faulty) throw fieldError(`rules.${faulty}`, 'out_of_range')
    return rules
  }

  const findBasis = async (
    tx: Transaction,
    { findingId, testId, personId }: Opening,
  ): Promise<{ basis: 'finding' | 'result' | 'evidence'; personId: string; at: Date | undefined }> => {
    if ([findingId, testId, personId].filter((id) => id !== undefined).length !== 1)
      throw fieldError('findingId', 'one_of_finding_result_person')
    if (personId) {
      if (!(await queries.isPerson(tx, personId))) throw new AppError('NOT_FOUND')
      return { basis: 'evidence', personId, at: undefined }
    }
    const found = findingId
      ? await queries.findConfirmedFinding(tx, findingId)
      : await queries.findPositiveResult(tx, testId ?? '0')
    if (!found) throw new AppError('NOT_FOUND')
    return { basis: findingId ? 'finding' : 'result', personId: found.person_id, at: found.at }
  }

  proposals.defineKind('case.open', {
    foresee: async (db, row) => {
      const found = await queries.findCase(db, row.case_id ?? '0', clock())
      if (!found) return {}
      // The evidence is judged, not the person: a name is shown once a second person has agreed.
      const named = found.state === 'open' || found.state === 'closed' || found.state === 'negative'
      const nameMasked = named ? { nameMasked: found.name_masked } : {}
      return { case: { caseId: found.case_id, ...nameMasked, persons: 1, groups: [], places: [], moves: [] } }
    },
    approve: async (tx, caller, row) => {
      const caseId = row.case_id ?? '0'
      await queries.lockCase(tx, caseId)
      const found = await queries.findCase(tx, caseId, clock())
      if (found?.state !== 'waiting') throw stateConflict('caseId', 'not_waiting')
      await queries.updateCase(tx, caseId, { state: 'open' })
      await queries.insertChange(tx, { caseId, at: clock(), operatorId: caller.operatorId, change: 'agreed' })
      await copyVisits(tx, found, clock())
      return { caseId }
    },
    reject: (tx, row) => refuse(tx, row.case_id ?? '0'),
    withdraw: (tx, row) => refuse(tx, row.case_id ?? '0'),
  })
  const refuse = async (tx: Transaction, caseId: string): Promise<void> => {
    await queries.lockCase(tx, caseId)
    const found = await queries.findCase(tx, caseId, clock())
    if (found?.state !== 'waiting') return
    await queries.updateCase(tx, caseId, { state: 'refused', endedAt: clock() })
    await queries.insertChange(tx, { caseId, at: clock(), operatorId: null, change: 'refused' })
  }

  const readNew = async (
    tx: Transaction,
    caller: OperatorCaller,
    body: Opening,
  ): Promise<queries.NewCase> => {
    const { basis, personId, at } = await findBasis(tx, body)
    const onsetAt = body.onsetAt === undefined ? undefined : parseInstant('onsetAt', body.onsetAt)
    if (!onsetAt && !at) throw fieldError('onsetAt', 'required')
    const anchorAt = new Date(Math.min(onsetAt?.getTime() ?? Infinity, at?.getTime() ?? Infinity))
    const isolatedAt = body.isolatedAt === undefined ? null : parseInstant('isolatedAt', body.isolatedAt)
    return {
      personId,
      basis,
      findingId: body.findingId ?? null,
      testId: body.testId ?? null,
      evidence: body.evidence,
      divisionCode: caller.divisionCode,
      anchorAt,
      isolatedAt,
      rules: standardTracingRules(),
      operatorId: caller.operatorId,
      at: clock(),
      requestId: body.requestId,
    }
  }

  const openIn = async (tx: Transaction, caller: OperatorCaller, body: Opening): Promise<string> => {
    const made = await readNew(tx, caller, body)
    const caseId = await queries.insertCase(tx, made)
    if (!caseId) {
      const before = await queries.findCaseOfRequest(tx, caller.operatorId, body.requestId)
      if (!before) throw stateConflict('personId', 'running_case')
      if (before.person_id !== made.personId) throw new AppError('REQUEST_ID_REUSED')
      return before.case_id
    }
    await queries.insertReader(tx, {
      caseId,
      operatorId: caller.operatorId,
      addedBy: caller.operatorId,
      at: made.at,
    })
    await writeChange(tx, caller, { caseId, at: made.at, change: 'opened' })
    await writeAudit(tx, {
      actor: caller,
      action: 'case.opened',
      objectKind: 'case',
      objectId: caseId,
      purpose: body.evidence,
      details: { personId: made.personId, basis: made.basis },
    })
    if (made.basis !== 'evidence') {
      const opened = await queries.findCase(tx, caseId, made.at)
      if (opened) await copyVisits(tx, opened, made.at)
      return caseId
    }
    await proposals.propose(tx, caller, {
      requestId: body.requestId,
      kind: 'case.open',
      subject: { caseId },
      payload: { evidence: body.evidence, source: caller.organisation },
      needsHq: false,
      alarms: [],
      persons: 0,
    })
    return caseId
  }

  const entry = async (caller: OperatorCaller, caseId: string): Promise<CaseEntry> => {
    const now = clock()
    return toCaseEntry(await requireCase(pool, caller, caseId, now), now)
  }

  /** Where it was, and by whom it was exposed; nothing of a case that shows nobody. */
  const readWhereabouts = async (
    tx: Transaction,
    caller: OperatorCaller,
    row: queries.CaseRow,
    window: { from: Date; until: Date },
  ) =>
    showsNobody(row)
      ? { stays: [], events: [], exposedBy: [] }
      : {
          stays: await listStays(tx, row.case_id, window),
          events: await listEvents(tx, row.person_id, window),
          exposedBy: await listExposedBy(tx, row.person_id, caller.operatorId),
        }

  /** The first day of which visits are left, where the window began before it. */
  const visitsFrom = (from: Date): Pick<Case, 'visitsFrom'> => {
    const days = Math.max(config.retentionDays.visits, config.retentionDays.checks)
    const first = addDays(shanghaiDayOf(clock().getTime()), -days)
    return shanghaiDayOf(from.getTime()) < first ? { visitsFrom: first } : {}
  }

  return {
    /**
     * @throws AppError NOT_FOUND (no such confirmed finding, positive result or person), VALIDATION_FAILED, STATE_CONFLICT (the
     * person has a running case), REQUEST_ID_REUSED
     */
    openCase: async (caller: OperatorCaller, body: Opening): Promise<CaseEntry> =>
      entry(caller, await inTransaction(pool, (tx) => openIn(tx, caller, body))),

    listCases: async (
      caller: OperatorCaller,
      query: Call<'listCases'>['query'],
    ): Promise<{ cases: CaseEntry[]; nextCursor?: string }> => {
      const limit = query.limit ?? 20
      const now = clock()
      const filter = {
        state: query.state ?? null,
        divisionPrefix: divisionPrefix(query.divisionCode ?? ''),
        beforeId: readIdCursor(query.cursor),
        limit: limit + 1,
      }
      const rows = await queries.listCasesOf(pool, caller.operatorId, filter, now)
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        cases: page.map((row) => toCaseEntry(row, now)),
        ...(rows.length > limit && last ? { nextCursor: last.case_id } : {}),
      }
    },

    /** Opening it is logged and shown to the person; visits sent since are copied. @throws AppError NOT_FOUND */
    getCase: (caller: OperatorCaller, caseId: string, purpose: string): Promise<Case> =>
      inTransaction(pool, async (tx) => {
        const now = clock()
        const row = await requireCase(tx, caller, caseId, now)
        const window = windowOf(row, now)
        const hidden = showsNobody(row)
        if (row.state === 'open') await copyVisits(tx, row, now)
        await writeAudit(tx, {
          actor: caller,
          action: 'case.read',
          objectKind: 'case',
          objectId: caseId,
          purpose,
          ...(hidden ? {} : { details: { personId: row.person_id } }),
        })
        if (!hidden)
          await insertLookups(tx, {
            personIds: [row.person_id],
            at: now,
            means: 'tracing',
            purpose,
            operatorId: caller.operatorId,
            organisation: caller.organisation,
          })
        const { stays, events, exposedBy } = await readWhereabouts(tx, caller, row, window)
        const changes = await queries.listChanges(tx, caseId)
        return {
          ...toCaseEntry(row, now),
          evidence: row.evidence,
          version: row.version,
          ...toCasePerson(row),
          anchorAt: row.anchor_at.toISOString(),
          ...(row.isolated_at ? { isolatedAt: row.isolated_at.toISOString() } : {}),
          rules: row.rules,
          ...visitsFrom(window.from),
          stays: stays.map((stay) => toCaseStay(stay, row.rules)),
          events: events.map(({ at, event, place, result }) => ({
            at: at.toISOString(),
            event,
            ...(place ? { place } : {}),
            ...(result ? { result } : {}),
          })),
          exposedBy: exposedBy.map(toExposedBy),
          readers: await queries.listReaders(tx, caseId),
          changes: changes.map((change) => toCaseChange(change, encryption)),
          proposals: (await queries.listCaseProposals(tx, caseId, now)).map(
            ({ proposal_id: proposalId, ...rest }) => ({
              proposalId,
              ...rest,
            }),
          ),
        }
      }),

    /** @throws AppError NOT_FOUND, VALIDATION_FAILED, STATE_CONFLICT (`changed` meanwhile; not open) */
    changeCase: async (
      caller: OperatorCaller,
      caseId: string,
      body: Call<'changeCase'>['body'],
    ): Promise<CaseEntry> => {
      const { version, note } = body
      const change = {
        ...(body.anchorAt ? { anchorAt: parseInstant('anchorAt', body.anchorAt) } : {}),
        ...(body.isolatedAt ? { isolatedAt: parseInstant('isolatedAt', body.isolatedAt) } : {}),
        ...(body.rules ? { rules: readRules(body.rules) } : {}),
      }
      if (Object.keys(change).length === 0 && note === undefined) throw fieldError('note', 'required')
      await changeHeldCase(pool, caller, { caseId, version, now: clock() }, async (tx) => {
        await queries.updateCase(tx, caseId, change)
        const { rules, ...window } = change
        if (Object.keys(window).length > 0)
          await writeChange(tx, caller, { caseId, at: clock(), change: 'window_changed', details: window })
        if (rules)
          await writeChange(tx, caller, {
            caseId,
            at: clock(),
            change: 'rules_changed',
            details: { ...rules },
          })
        if (note !== undefined)
          await writeChange(tx, caller, {
            caseId,
            at: clock(),
            change: 'note',
            noteEncrypted: sealNote(encryption, note),
          })
        const after = await queries.findCase(tx, caseId, clock())
        if (after) await copyVisits(tx, after, clock())
      })
      return entry(caller, caseId)
    },

    /** @throws AppError NOT_FOUND, STATE_CONFLICT (`changed` meanwhile; not open; an open proposal) */
    endCase: async (
      caller: OperatorCaller,
      caseId: string,
      { version, state, reason: why }: Call<'endCase'>['body'],
    ): Promise<CaseEntry> => {
      await changeHeldCase(pool, caller, { caseId, version, now: clock() }, async (tx, row) => {
        if (row.proposal_id) throw stateConflict('caseId', 'open_proposal')
        await queries.updateCase(tx, caseId, { state, endedAt: clock() })
        const noteEncrypted = sealNote(encryption, why)
        await writeChange(tx, caller, { caseId, at: clock(), change: state, noteEncrypted })
      })
      return entry(caller, caseId)
    },

    /** @throws AppError NOT_FOUND (case), VALIDATION_FAILED (no epidemiologist or headquarters of that name) */
    addCaseReader: async (
      caller: OperatorCaller,
      caseId: string,
      { username, reason: why }: Call<'addCaseReader'>['body'],
    ): Promise<null> => {
      await inTransaction(pool, async (tx) => {
        await requireCase(tx, caller, caseId, clock())
        const operatorId = await queries.findTracer(tx, username)
        if (!operatorId) throw fieldError('username', 'not_found')
        const at = clock()
        if (!(await queries.insertReader(tx, { caseId, operatorId, addedBy: caller.operatorId, at }))) return
        await writeChange(tx, caller, {
          caseId,
          at,
          change: 'reader_added',
          details: { operatorId },
          noteEncrypted: sealNote(encryption, why),
        })
      })
      return null
    },
  }
}

export type CaseService = ReturnType<typeof createCaseService>
