import type { FindingCategory, FindingProposal } from '@jiankangbao/contracts/finding/schemas'
import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import { parseWorkplace } from '@jiankangbao/domain/identity/workplace'
import type { Finding } from '@jiankangbao/domain/status/finding'
import {
  awaitsPlace,
  type CategoryRule,
  canTurnRed,
  type EndKind,
  findCategoryRule,
  findStandingRule,
  hangsOnContact,
  isRetired,
  listCategoryColours,
  listCategoryEnds,
  listEndKinds,
  type RulesInForce,
} from '@jiankangbao/domain/status/ruleset'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { openWorkplace, type SealedWorkplace, sealWorkplace } from '../../../keys/workplace.ts'
import type { Parts } from '../../../parts.ts'
import { findAlarms } from '../../approval/proposal/alarms.service.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import type { ProposalKind } from '../../approval/proposal/proposal-kind.ts'
import { CONFIRMED, followContacts } from '../../colours/facts/contacts.service.ts'
import { endFindings, insertFinding } from '../../colours/facts/findings.queries.ts'
import { putVerdict, rejectResultBehind } from '../../colours/facts/tests.queries.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { listFindingsBehind, markDirty, previewChange } from '../../colours/status/status.service.ts'
import { putZone } from '../zone/zone.queries.ts'
import * as queries from './finding.queries.ts'

interface EndProposal {
  requestId: string
  kind: EndKind
  endedAt?: string | undefined
  evidence: string
}

/** Findings of a retired category go on, and no new one is made by people. A result is a fact of the laboratory. */
const requireInRules = (ruleset: RulesInForce, { payload }: queries.FindingProposalRow): void => {
  if (!payload.testId && isRetired(ruleset, payload.category)) throw stateConflict('category', 'retired')
}

const toCategory = (ruleset: RulesInForce, category: string, rule: CategoryRule): FindingCategory => ({
  category,
  title: rule.title,
  colours: listCategoryColours(rule),
  manual: rule.manual && !isRetired(ruleset, category),
  retired: isRetired(ruleset, category),
  ends: listCategoryEnds(rule),
  hangsOnContact: hangsOnContact(rule),
  awaitsPlace: awaitsPlace(rule),
  endKinds: listEndKinds(ruleset, category),
})

const toFindingRow = (row: ProposalRow): queries.FindingProposalRow => row as queries.FindingProposalRow

/** How the findings of the person would look if the proposal were approved. */
const changeBy =
  (row: Pick<queries.FindingProposalRow, 'kind' | 'payload'>) =>
  (findings: Finding[]): Finding[] => {
    const { payload } = row
    if (row.kind === 'finding.add')
      return [
        ...findings,
        { findingId: 'proposed', category: payload.category, anchorAt: Date.parse(payload.anchorAt ?? '') },
      ]
    const findingIds = queries.findingIdsOf(payload)
    if (payload.endKind === 'withdrawn')
      return findings.filter(({ findingId }) => !findingIds.includes(findingId))
    const endedAt = Date.parse(payload.endedAt ?? '')
    return findings.map((finding) =>
      findingIds.includes(finding.findingId) ? { ...finding, endedAt } : finding,
    )
  }

/** Persons on whom somebody may hang whose colour the proposal touches. */
const contactsOf = ({ person_id, payload }: queries.FindingProposalRow): string[] => [
  ...(payload.category === CONFIRMED ? [person_id] : []),
  ...(payload.contactPersonId ? [payload.contactPersonId] : []),
]

/** Findings about one person, entered by hand: every one is a proposal. */
export const createFindingService = ({
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
    return instant
  }

  const needsHqFor = async (db: Queryable, category: string): Promise<boolean> =>
    canTurnRed(await getRulesetInForce(db, clock()), category)

  const facts: ProposalKind['facts'] = (row) => {
    const { kind, payload } = toFindingRow(row)
    const { anchorAt, endKind, endedAt, contactName, zoneName, workplaceIndex, workplaceEncrypted } = payload
    return {
      ...(kind === 'finding.add' && payload.testId ? { testId: payload.testId } : {}),
      ...(anchorAt ? { anchorAt } : {}),
      ...(contactName ? { contact: contactName } : {}),
      ...(zoneName ? { zoneName } : {}),
      ...(workplaceEncrypted && workplaceIndex
        ? {
            workplace: openWorkplace(encryption, {
              index: Buffer.from(workplaceIndex, 'hex'),
              encrypted: Buffer.from(workplaceEncrypted, 'base64'),
            }),
          }
        : {}),
      ...(endKind ? { endKind } : {}),
      ...(endedAt ? { endedAt } : {}),
    }
  }

  const foresee: ProposalKind['foresee'] = async (db, row) => {
    const { person_id, payload, kind } = toFindingRow(row)
    const { from, to, until } = await previewChange(db, person_id, changeBy({ kind, payload }), clock())
    return { impact: { from, to, ...(until ? { until: until.toISOString() } : {}) } }
  }

  const kindWith = (
    effect: (
      tx: Transaction,
      caller: OperatorCaller,
      row: queries.FindingProposalRow,
    ) => Promise<Record<string, unknown>>,
  ): ProposalKind => ({
    facts,
    foresee,
    approve: async (tx, caller, proposal) => {
      const row = toFindingRow(proposal)
      const written = await effect(tx, caller, row)
      await followContacts(tx, caller, contactsOf(row))
      await markDirty(tx, [row.person_id], row.kind)
      return written
    },
    reject: async () => undefined,
    // What a result drafted has no maker who could take it back.
    withdraw: async () => undefined,
  })

  const decideResult = async (
    tx: Transaction,
    { payload }: queries.FindingProposalRow,
    verdict: 'approved' | 'rejected',
  ): Promise<void> => {
    if (payload.testId) await putVerdict(tx, payload.testId, verdict, clock())
  }

  proposals.defineKind('finding.add', {
    ...kindWith(async (tx, caller, row) => {
      requireInRules(await getRulesetInForce(tx, clock()), row)
      await decideResult(tx, row, 'approved')
      return { findingId: await insertFinding(tx, queries.toNewFinding(row, caller.operatorId)) }
    }),
    reject: async (tx, proposal) => {
      const row = toFindingRow(proposal)
      await decideResult(tx, row, 'rejected')
      if (row.payload.testId) await markDirty(tx, [row.person_id], row.kind)
    },
    needsHqNow: (db, row) => needsHqFor(db, toFindingRow(row).payload.category),
  })
  /** Why findings of these categories can not end this way by the rules in force; undefined where they can. */
  const findRefusal = async (
    db: Queryable,
    categories: string[],
    kind: EndKind,
  ): Promise<'given_by_province' | 'nothing_awaited' | undefined> => {
    const ruleset = await getRulesetInForce(db, clock())
    const kinds = categories.map((category) => listEndKinds(ruleset, category))
    if (kinds.some((possible) => possible.length === 0)) return 'given_by_province'
    return kinds.every((possible) => possible.includes(kind)) ? undefined : 'nothing_awaited'
  }

  /** What was true when it was proposed: the rules allow it, and it takes all that is behind the reason. */
  const requireEndable = async (
    tx: Transaction,
    { person_id, payload }: queries.FindingProposalRow,
  ): Promise<void> => {
    const findingIds = queries.findingIdsOf(payload)
    const findings = await queries.listActiveFindings(tx, findingIds)
    const categories = findings.map(({ category }) => category)
    const refusal = await findRefusal(tx, categories, payload.endKind ?? 'withdrawn')
    if (refusal) throw stateConflict('kind', refusal)
    if (!payload.reason) return
    const behind = await listFindingsBehind(tx, person_id, payload.reason, clock())
    if (behind.some((findingId) => !findingIds.includes(findingId)))
      throw stateConflict('findingId', 'further_findings')
  }

  proposals.defineKind('finding.end', {
    ...kindWith(async (tx, _caller, row) => {
      await requireEndable(tx, row)
      const findingIds = queries.findingIdsOf(row.payload)
      const { endKind, endedAt, testId } = row.payload
      if (!(await endFindings(tx, { findingIds, endKind, endedAt, testId }, clock())))
        throw stateConflict('findingId', 'withdrawn')
      if (row.payload.endKind === 'withdrawn')
        for (const findingId of findingIds) await rejectResultBehind(tx, findingId, clock())
      return findingIds.length === 1 ? { findingId: findingIds[0] } : { findingIds }
    }),
    // That red was never right says the opposite of what headquarters approved. That it is over by its regular fact
    // (discharge, area lifted) an office may say on evidence.
    needsHqNow: async (db, row, { impact }) => {
      if (impact?.from !== 'red' || impact.to === 'red') return false
      const { endKind, category } = toFindingRow(row).payload
      return endKind === 'withdrawn' || !findStandingRule(await getRulesetInForce(db, clock()), category)
    },
  })

  /** Makes the proposal of an end in the given transaction; the errors are those of `proposeFindingEnd`. */
  const proposeEnd = async (
    tx: Transaction,
    caller: OperatorCaller,
    findingIds: string[],
    body: EndProposal,
    reason?: string,
  ): Promise<string> => {
    const findings = await queries.listActiveFindings(tx, findingIds)
    const [first] = findings
    if (!first || findings.length < findingIds.length) throw new AppError('NOT_FOUND')
    const refusal = await findRefusal(
      tx,
      findings.map(({ category }) => category),
      body.kind,
    )
    if (refusal) throw fieldError('kind', refusal)
    if (body.kind === 'ended' && body.endedAt === undefined) throw fieldError('endedAt', 'required')
    const endedAt = body.endedAt === undefined ? undefined : parseInstant('endedAt', body.endedAt)
    if (endedAt && findings.some(({ anchor_at }) => endedAt < anchor_at))
      throw fieldError('endedAt', 'before_anchor')
    const payload: queries.FindingPayload = {
      category: reason ?? first.category,
      evidence: body.evidence,
      source: first.source,
      ...(reason ? { findingIds, reason } : { findingId: first.finding_id }),
      endKind: body.kind,
      ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
    }
    const persons = [first.person_id]
    const alarms = await findAlarms(tx, config.approval, { caller, subjects: [], persons, now: clock() })
    return proposals.propose(tx, caller, {
      requestId: body.requestId,
      kind: 'finding.end',
      subject: { personId: first.person_id },
      payload: { ...payload },
      needsHq: alarms.length > 0,
      alarms,
      persons: 1,
    })
  }

  /** On whom and on which place a proposed finding hangs, where its category may. */
  const tie = async (
    tx: Transaction,
    { divisionCode }: OperatorCaller,
    rule: CategoryRule,
    { personId, contactPersonId, zone }: FindingProposal,
  ): Promise<Pick<queries.FindingPayload, 'contactPersonId' | 'contactName' | 'zoneId' | 'zoneName'>> => {
    if (contactPersonId && !hangsOnContact(rule)) throw fieldError('contactPersonId', 'not_allowed')
    if (contactPersonId === personId) throw fieldError('contactPersonId', 'own_identity')
    if (zone && !awaitsPlace(rule)) throw fieldError('zone', 'not_allowed')
    const contactName = contactPersonId && (await queries.findMaskedName(tx, contactPersonId))
    if (contactPersonId && !contactName) throw fieldError('contactPersonId', 'not_found')
    const zoneName = zone?.trim()
    return {
      ...(contactPersonId && contactName ? { contactPersonId, contactName } : {}),
      ...(zoneName ? { zoneName, zoneId: await putZone(tx, { divisionCode, name: zoneName }, clock()) } : {}),
    }
  }

  const readWorkplace = ({ workplace }: FindingProposal): SealedWorkplace | undefined => {
    if (workplace === undefined) return undefined
    const parsed = parseWorkplace(workplace)
    if (!parsed.ok && parsed.reason !== 'empty') throw fieldError('workplace', parsed.reason)
    return parsed.ok ? sealWorkplace(encryption, parsed.workplace) : undefined
  }

  /** Makes the proposal in the given transaction; the errors are those of `proposeFinding`. */
  const proposeFindingIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    body: FindingProposal,
  ): Promise<string> => {
    const ruleset = await getRulesetInForce(tx, clock())
    if (isRetired(ruleset, body.category)) throw fieldError('category', 'retired')
    const rule = findCategoryRule(ruleset, body.category)
    if (!rule?.manual) throw fieldError('category', 'not_allowed')
    const anchorAt = parseInstant('anchorAt', body.anchorAt)
    const { category, evidence, source, personId } = body
    const workplace = readWorkplace(body)
    if (!(await queries.isPerson(tx, personId))) throw new AppError('NOT_FOUND')
    const ties = await tie(tx, caller, rule, body)
    const alarms = await findAlarms(tx, config.approval, {
      caller,
      subjects: [{ personId, category, anchorAt }],
      workplace,
      persons: [personId],
      now: clock(),
    })
    const payload: queries.FindingPayload = {
      category,
      evidence,
      source,
      anchorAt: anchorAt.toISOString(),
      ...ties,
      ...(workplace
        ? {
            workplaceIndex: workplace.index.toString('hex'),
            workplaceEncrypted: workplace.encrypted.toString('base64'),
          }
        : {}),
    }
    return proposals.propose(tx, caller, {
      requestId: body.requestId,
      kind: 'finding.add',
      subject: { personId },
      payload: { ...payload },
      needsHq: alarms.length > 0 || (await needsHqFor(tx, category)),
      alarms,
      persons: 1,
    })
  }

  return {
    /** Categories of the ruleset in force and those it retired, with what they can do and whether people may enter them. */
    listFindingCategories: async () => {
      const ruleset = await getRulesetInForce(pool, clock())
      const names = [...Object.keys(ruleset.categories), ...Object.keys(ruleset.retired)]
      const categories = names.flatMap((category) => {
        const rule = findStandingRule(ruleset, category)
        return rule ? [toCategory(ruleset, category, rule)] : []
      })
      return { rulesetId: ruleset.id, categories }
    },

    /** @throws AppError NOT_FOUND (person), VALIDATION_FAILED: category unknown, `retired` or not manual, anchor in the future. */
    proposeFinding: async (caller: OperatorCaller, body: FindingProposal): Promise<Proposal> =>
      proposals.getProposal(caller, await inTransaction(pool, (tx) => proposeFindingIn(tx, caller, body))),

    proposeFindingIn,

    /**
     * Ends a finding (discharge, lifted) or withdraws one that was never right. A repeated request is answered with its first
     * proposal, also once that is decided.
     * @throws AppError as `proposeFinding`; VALIDATION_FAILED kind: given_by_province, nothing_awaited.
     */
    proposeFindingEnd: async (
      caller: OperatorCaller,
      findingId: string,
      body: EndProposal,
    ): Promise<Proposal> =>
      proposals.getProposal(
        caller,
        await inTransaction(pool, async (tx) => {
          const personId = await queries.findPersonOf(tx, findingId)
          if (!personId) throw new AppError('NOT_FOUND')
          const { requestId } = body
          const made = await proposals.findMade(tx, caller, {
            requestId,
            kind: 'finding.end',
            subject: { personId },
          })
          return made ?? proposeEnd(tx, caller, [findingId], body)
        }),
      ),

    /**
     * The same for all the findings behind a reason of the person's colour, in the given transaction.
     * @returns the proposal, and what it is about
     * @throws AppError as `proposeFindingEnd`; STATE_CONFLICT where no finding gives the colour this reason now
     */
    proposeReasonEnd: async (
      tx: Transaction,
      caller: OperatorCaller,
      { personId, category }: { personId: string; category: string },
      body: EndProposal,
    ): Promise<{ proposalId: string; findingIds: string[] }> => {
      const findingIds = await listFindingsBehind(tx, personId, category, clock())
      if (findingIds.length === 0) throw stateConflict('category', 'no_finding')
      return { proposalId: await proposeEnd(tx, caller, findingIds, body, category), findingIds }
    },
  }
}

export type FindingService = ReturnType<typeof createFindingService>
