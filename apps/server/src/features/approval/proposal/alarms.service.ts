import type { ColourMove } from '@jiankangbao/contracts/proposal/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { listCategoriesExpecting } from '@jiankangbao/domain/status/ruleset'
import type { ApprovalSettings } from '../../../config.ts'
import type { Transaction } from '../../../db/pool.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { SealedWorkplace } from '../../../keys/workplace.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import * as queries from './alarms.queries.ts'
import type { KeptAlarm } from './kept-alarm.ts'
import { findSharedWorkplace } from './shared-workplace.queries.ts'

const DAY_MS = 24 * 3600_000
const SEVERITY = { green: 0, none: 1, yellow: 2, red: 3 }

/** How many people the moves make worse and better, and how many of them become red or stop being it. */
export const weighMoves = (
  moves: ColourMove[],
): { worse: number; better: number; toRed: number; fromRed: number } => {
  const count = (wanted: (move: ColourMove) => boolean): number =>
    moves.filter(wanted).reduce((sum, { persons }) => sum + persons, 0)
  return {
    worse: count(({ from, to }) => SEVERITY[to] > SEVERITY[from]),
    better: count(({ from, to }) => SEVERITY[to] < SEVERITY[from]),
    toRed: count(({ from, to }) => to === 'red' && from !== 'red'),
    fromRed: count(({ from, to }) => from === 'red' && to !== 'red'),
  }
}

/** What somebody is about to propose. */
export interface Proposed {
  caller: OperatorCaller
  /** Findings that it would make. */
  subjects: queries.Subject[]
  /** Of the one subject. */
  workplace?: SealedWorkplace | undefined
  /** The rows of this import are such findings too. */
  importId?: string
  /** They end findings: that people have a venue in common, or do not fit a category, says nothing against it. */
  ends?: boolean
  /** Persons whose places are looked at, where they are not those by which it counts. */
  concerned?: string[]
  /** Persons by which it counts against the limits of a day. */
  persons: string[] | number
  /** How many persons it makes worse and better, where it concerns many at once. */
  worse?: number
  better?: number
  now: Date
}

const countAlarms = async (
  tx: Transaction,
  settings: ApprovalSettings,
  { persons, importId }: Proposed,
  recent: queries.Recent,
): Promise<KeptAlarm[]> => {
  if ((typeof persons === 'number' ? persons : persons.length) === 0) return []
  const counted = await queries.countProposedSince(tx, recent, { own: persons, importId })
  const alarms: KeptAlarm[] = []
  if (counted.operator > settings.manyADay)
    alarms.push({ kind: 'many_by_operator', persons: counted.operator })
  if (counted.division > settings.manyADayOfDivision)
    alarms.push({ kind: 'many_by_division', persons: counted.division })
  return alarms
}

const findingAlarms = async (
  tx: Transaction,
  settings: ApprovalSettings,
  { subjects, importId, ends, now }: Proposed,
  recent: queries.Recent,
): Promise<KeptAlarm[]> => {
  if (ends || (subjects.length === 0 && importId === undefined)) return []
  const of = { subjects, importId }
  const alarms: KeptAlarm[] = []
  const venue = await queries.findSharedVenue(tx, of, recent, settings.sharedVenue, now)
  if (venue) alarms.push({ kind: 'shared_venue', ...venue })
  const ruleset = await getRulesetInForce(tx, now)
  const expecting = {
    away: listCategoriesExpecting(ruleset, 'away_before_anchor'),
    ratedArea: listCategoriesExpecting(ruleset, 'rated_area_in_city'),
    positive: listCategoriesExpecting(ruleset, 'positive_test'),
  }
  const misfits = await queries.countMisfits(tx, of, expecting, now)
  if (misfits.persons > 0) alarms.push({ kind: 'category_misfit', persons: misfits.persons, of: misfits.of })
  return alarms
}

const workplaceAlarm = async (
  tx: Transaction,
  settings: ApprovalSettings,
  { subjects: [subject], workplace, importId, ends }: Proposed,
  recent: queries.Recent,
): Promise<KeptAlarm[]> => {
  const one = subject && workplace && { personId: subject.personId, workplace }
  const employed = one ?? (importId === undefined ? undefined : { importId })
  if (!employed || ends) return []
  const shared = await findSharedWorkplace(tx, employed, recent, settings.sharedWorkplace)
  if (!shared) return []
  const { index, encrypted, persons, of } = shared
  const name = { nameIndex: index.toString('hex'), nameEncrypted: encrypted.toString('base64') }
  return [{ kind: 'shared_workplace', persons, of, ...name }]
}

const outsideAlarm = async (
  tx: Transaction,
  { caller, subjects, importId, persons, concerned }: Proposed,
): Promise<KeptAlarm[]> => {
  const personIds = concerned ?? (typeof persons === 'number' ? [] : persons)
  const of = { subjects, importId }
  const outside = await queries.countOutside(tx, of, personIds, divisionPrefix(caller.divisionCode))
  return outside.persons > 0 ? [{ kind: 'outside_division', ...outside }] : []
}

/**
 * What speaks against a proposal: too many people at once, or by one operator or one division in a day; people who have a
 * venue or a workplace in common rather than an illness; a category that does not fit what is known of them; people of another division. Each sends it to
 * headquarters; none refuses. Proposals of one division go one after the other from here to the end of the transaction, so
 * that none slips past the count of another.
 */
export const findAlarms = async (
  tx: Transaction,
  settings: ApprovalSettings,
  proposed: Proposed,
): Promise<KeptAlarm[]> => {
  const { caller, worse = 0, better = 0, now } = proposed
  const { operatorId, divisionCode } = caller
  await queries.holdDivision(tx, divisionCode)
  const recent = { operatorId, divisionCode, since: new Date(now.getTime() - DAY_MS) }
  return [
    ...(worse >= settings.manyPersons ? [{ kind: 'many_persons' as const, persons: worse }] : []),
    ...(better >= settings.manyPersons ? [{ kind: 'many_better' as const, persons: better }] : []),
    ...(await countAlarms(tx, settings, proposed, recent)),
    ...(await findingAlarms(tx, settings, proposed, recent)),
    ...(await workplaceAlarm(tx, settings, proposed, recent)),
    ...(await outsideAlarm(tx, proposed)),
  ]
}
