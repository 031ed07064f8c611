import type { ColourMove, Proposal } from '@jiankangbao/contracts/proposal/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import type { Colour } from '@jiankangbao/domain/status/colour'
import { findCategoryRule, isRetired } from '@jiankangbao/domain/status/ruleset'
import { CONTACT_GROUPS, type ContactGroup } from '@jiankangbao/domain/tracing/contacts'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { findAlarms, weighMoves } from '../../approval/proposal/alarms.service.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { followContacts } from '../../colours/facts/contacts.service.ts'
import { withdrawCaseFindings } from '../../colours/facts/findings.queries.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { markDirty, previewAdditions, previewChanges } from '../../colours/status/status.service.ts'
import { lockCase } from '../case/case.queries.ts'
import { changeHeldCase, requireCase, requireOpenCase, writeChange } from '../case/held-case.ts'
import { type Found, findPeople } from '../people/find-people.ts'
import { listNamed } from '../people/people.queries.ts'
import * as queries from './decision.queries.ts'

/** What a proposal about the people of a case holds: counted when it was made, and kept. */
export interface ExposePayload {
  evidence: string
  source: string
  selectionId: string
  persons: number
  groups: { group: ContactGroup; persons: number }[]
  places: { name: string; persons: number }[]
  moves: ColourMove[]
  /** Of an undo: the proposal whose findings it takes back. */
  undoes?: string
}

const PLACES_SHOWN = 20

const countMoves = (changes: { from: Colour; to: Colour }[]): ColourMove[] => {
  const moves = new Map<string, ColourMove>()
  for (const { from, to } of changes) {
    const key = `${from}:${to}`
    const persons = (moves.get(key)?.persons ?? 0) + 1
    moves.set(key, { from, to, persons })
  }
  return [...moves.values()].sort((one, other) => other.persons - one.persons)
}

const payloadOf = (row: ProposalRow): ExposePayload => row.payload as unknown as ExposePayload

/** The decision about the people of a case: one proposal, a second person, and a proposal that takes it back. */
export const createExposureService = ({
  pool,
  clock,
  config,
  proposals,
}: Pick<Parts, 'pool' | 'clock' | 'config'> & { proposals: ProposalService }) => {
  const foresee = async (_db: unknown, row: ProposalRow) => {
    const { persons, groups, places, moves } = payloadOf(row)
    return { case: { caseId: row.case_id ?? '', persons, groups, places, moves } }
  }

  proposals.defineKind('case.expose', {
    foresee,
    approve: async (tx, caller, row) => {
      const { selectionId, evidence, source } = payloadOf(row)
      await lockCase(tx, row.case_id ?? '0')
      const personIds = await queries.writeFindings(tx, selectionId, {
        proposalId: row.proposal_id,
        enteredBy: row.proposed_by,
        approvedBy: caller.operatorId,
        evidence,
        source,
      })
      const contacts = await queries.listSecondaryOf(tx, selectionId)
      if (contacts.length > 0) await followContacts(tx, caller, contacts)
      await markDirty(tx, personIds, 'finding.add')
      await writeChange(tx, caller, { caseId: row.case_id ?? '0', at: clock(), change: 'approved' })
      return { persons: personIds.length }
    },
    reject: (tx, row) => queries.deleteSelection(tx, payloadOf(row).selectionId),
    withdraw: (tx, row) => queries.deleteSelection(tx, payloadOf(row).selectionId),
  })

  proposals.defineKind('case.undo', {
    foresee,
    approve: async (tx, caller, row) => {
      const { undoes = '0', selectionId, evidence } = payloadOf(row)
      await lockCase(tx, row.case_id ?? '0')
      const by = { proposalId: row.proposal_id, reason: evidence, at: clock() }
      const personIds = await withdrawCaseFindings(tx, { proposalId: undoes }, by)
      if (personIds.length === 0) throw stateConflict('proposalId', 'nothing_standing')
      await queries.dropExposures(tx, { selectionId }, row.proposal_id)
      await markDirty(tx, personIds, 'finding.end')
      await writeChange(tx, caller, { caseId: row.case_id ?? '0', at: clock(), change: 'undone' })
      return { persons: personIds.length }
    },
    reject: async () => undefined,
    withdraw: async () => undefined,
  })

  const requireCategories = async (tx: Transaction, groups: ContactGroup[]): Promise<void> => {
    const ruleset = await getRulesetInForce(tx, clock())
    const missing = groups.find((group) => !findCategoryRule(ruleset, group) || isRetired(ruleset, group))
    if (missing) throw fieldError('groups', 'not_in_rules')
  }

  /** Those of the wanted groups, without the ones taken out and without whoever is a case already. */
  const choose = async (
    tx: Transaction,
    { contacts }: Found,
    { groups, without }: Pick<Call<'proposeExposures'>['body'], 'groups' | 'without'>,
  ): Promise<queries.ChosenContact[]> => {
    const left = new Set(without)
    const wanted = [...contacts].filter(
      ([personId, { group }]) => groups.includes(group) && !left.has(personId),
    )
    const named = await listNamed(
      tx,
      wanted.map(([personId]) => personId),
    )
    return wanted
      .filter(([personId]) => named.has(personId) && !named.get(personId)?.case_id)
      .map(([personId, { group, minutes, surety, lastAt, contactPersonId, stays }]) => ({
        personId,
        group,
        minutes,
        surety,
        // Nobody is a contact of the future: a stay may go on, or be adjusted beyond now.
        lastAt: new Date(Math.min(lastAt, clock().getTime())),
        contactPersonId: contactPersonId ?? null,
        stays: stays.map(({ from, ...stay }) => ({ ...stay, from: new Date(from) })),
      }))
  }

  const foreseeMoves = async (tx: Transaction, chosen: queries.ChosenContact[]): Promise<ColourMove[]> => {
    const added = new Map(
      chosen.map(({ personId, group, lastAt }) => [
        personId,
        { findings: [{ findingId: 'proposed', category: group, anchorAt: lastAt.getTime() }], tests: [] },
      ]),
    )
    return countMoves(await previewAdditions(tx, added, clock()))
  }

  const placesOf = ({ stays }: Found, chosen: queries.ChosenContact[]): ExposePayload['places'] => {
    const nameOf = new Map(stays.map((stay) => [stay.stay_id, `${stay.venue_name} · ${stay.point_name}`]))
    const counts = new Map<string, number>()
    for (const contact of chosen)
      for (const name of new Set(contact.stays.map(({ stayId }) => nameOf.get(stayId) ?? '')))
        counts.set(name, (counts.get(name) ?? 0) + 1)
    return [...counts]
      .map(([name, persons]) => ({ name, persons }))
      .sort((one, other) => other.persons - one.persons)
      .slice(0, PLACES_SHOWN)
  }

  const proposeIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    caseId: string,
    payload: ExposePayload,
    proposal: { requestId: string; kind: 'case.expose' | 'case.undo'; personIds: string[] },
  ): Promise<string> => {
    const { worse, better } = weighMoves(payload.moves)
    const alarms = await findAlarms(tx, config.approval, {
      caller,
      subjects: [],
      persons: payload.persons,
      concerned: proposal.personIds.slice(0, 5000),
      worse,
      better,
      now: clock(),
    })
    const { requestId, kind } = proposal
    const proposalId = await proposals.propose(tx, caller, {
      requestId,
      kind,
      subject: { caseId },
      payload: { ...payload },
      // Every group makes or takes back red or yellow of many: always headquarters of the city.
      needsHq: true,
      alarms,
      persons: payload.persons,
    })
    await writeChange(tx, caller, { caseId, at: clock(), change: 'proposed', details: { proposalId } })
    return proposalId
  }

  return {
    /**
     * Proposes that contacts of these groups get the category of their group.
     * @throws AppError NOT_FOUND, STATE_CONFLICT (`changed` meanwhile, an open proposal, `too_many_scans`, `nobody`),
     * VALIDATION_FAILED groups: `not_in_rules`
     */
    proposeExposures: async (
      caller: OperatorCaller,
      caseId: string,
      body: Call<'proposeExposures'>['body'],
    ): Promise<Proposal> => {
      const { requestId, version, groups, evidence } = body
      const now = clock()
      const request = { requestId, kind: 'case.expose', subject: { caseId } } as const
      const made = await inTransaction(pool, async (tx) => {
        await requireOpenCase(tx, caller, caseId, now)
        return proposals.findMade(tx, caller, request)
      })
      const proposalId =
        made ??
        (await changeHeldCase(pool, caller, { caseId, version, now }, async (tx, row) => {
          if (row.proposal_id) throw stateConflict('caseId', 'open_proposal')
          await requireCategories(tx, groups)
          const found = await findPeople(tx, row, row.rules, now)
          if (found.places.some(({ tooMany }) => tooMany)) throw stateConflict('caseId', 'too_many_scans')
          const chosen = await choose(tx, found, body)
          if (chosen.length === 0) throw stateConflict('groups', 'nobody')
          await queries.insertSelection(tx, { selectionId: requestId, caseId }, chosen)
          const payload: ExposePayload = {
            evidence,
            source: caller.organisation,
            selectionId: requestId,
            persons: chosen.length,
            groups: CONTACT_GROUPS.map((group) => ({
              group,
              persons: chosen.filter((contact) => contact.group === group).length,
            })).filter(({ persons }) => persons > 0),
            places: placesOf(found, chosen),
            moves: await foreseeMoves(tx, chosen),
          }
          const personIds = chosen.map(({ personId }) => personId)
          return proposeIn(tx, caller, caseId, payload, { requestId, kind: 'case.expose', personIds })
        }))
      return proposals.getProposal(caller, proposalId)
    },

    /** @throws AppError NOT_FOUND (case, or no approved proposal of it), STATE_CONFLICT (an open proposal, `nothing_standing`) */
    proposeExposureUndo: async (
      caller: OperatorCaller,
      caseId: string,
      { requestId, proposalId, evidence }: Call<'proposeExposureUndo'>['body'],
    ): Promise<Proposal> => {
      const now = clock()
      const undo = await inTransaction(pool, async (tx) => {
        await lockCase(tx, caseId)
        // Also of a case that is closed or was none.
        const row = await requireCase(tx, caller, caseId, now)
        const before = await proposals.findMade(tx, caller, {
          requestId,
          kind: 'case.undo',
          subject: { caseId },
        })
        if (before) return before
        if (row.proposal_id) throw stateConflict('caseId', 'open_proposal')
        const made = await queries.findMade(tx, caseId, proposalId)
        if (!made) throw new AppError('NOT_FOUND')
        if (made.persons === 0) throw stateConflict('proposalId', 'nothing_standing')
        const personIds = await queries.listStandingPersons(tx, proposalId)
        const gone = new Set(await queries.listStandingFindings(tx, proposalId))
        const changes = await previewChanges(
          tx,
          personIds,
          (findings) => findings.filter(({ findingId }) => !gone.has(findingId)),
          now,
        )
        const payload: ExposePayload = {
          evidence,
          source: caller.organisation,
          selectionId: made.selection_id,
          persons: personIds.length,
          groups: [],
          places: [],
          moves: countMoves(changes),
          undoes: proposalId,
        }
        return proposeIn(tx, caller, caseId, payload, { requestId, kind: 'case.undo', personIds })
      })
      return proposals.getProposal(caller, undo)
    },
  }
}

export type ExposureService = ReturnType<typeof createExposureService>
