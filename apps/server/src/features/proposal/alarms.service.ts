import type { ProposalAlarm } from '@jiankangbao/contracts/schemas/finding'
import type { ApprovalSettings } from '../../config.ts'
import type { Transaction } from '../../db/pool.ts'
import * as queries from './alarms.queries.ts'

const DAY_MS = 24 * 3600_000

/**
 * What speaks against a proposal: too many people at once or by one operator in a day, people who have a venue in common
 * rather than an illness, a category that does not fit what is known of them. Each sends it to headquarters; none refuses.
 */
export const findAlarms = async (
  tx: Transaction,
  settings: ApprovalSettings,
  proposal: {
    operatorId: string
    subjects: queries.Subject[]
    /** The rows of this import are subjects too. */
    importId?: string
    /** Persons whose colour would get worse; counted by whoever knows. */
    worse?: number
    now: Date
  },
): Promise<ProposalAlarm[]> => {
  const { operatorId, subjects, importId, now, worse = 0 } = proposal
  const since = new Date(now.getTime() - DAY_MS)
  const alarms: ProposalAlarm[] = []
  if (worse >= settings.manyPersons) alarms.push({ kind: 'many_persons', persons: worse })
  const before = await queries.countProposedSince(tx, operatorId, since)
  if (before + subjects.length > settings.manyADay)
    alarms.push({ kind: 'many_by_operator', persons: before + subjects.length })
  const shared = await queries.findSharedVenue(tx, subjects, importId, { operatorId, since }, now)
  if (shared && shared.persons >= settings.sharedVenue && shared.persons * 2 >= shared.of)
    alarms.push({ kind: 'shared_venue', persons: shared.persons, of: shared.of, name: shared.name })
  const misfits = await queries.countMisfits(tx, subjects, importId, now)
  if (misfits.persons > 0) alarms.push({ kind: 'category_misfit', persons: misfits.persons, of: misfits.of })
  return alarms
}
