import type { DecisionAlarm } from '@jiankangbao/domain/vocabulary/approval'
import type { Config } from '../../../config.ts'
import type { Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { findDoubts, findNames } from './doubts.queries.ts'

// What one person wrote, another one decides. Every room that has such a matter asks here, so that what counts as another person
// is the same everywhere.

export interface Matter {
  /** Whoever proposed it, and whoever wrote what is proposed; no operator where a partner or the city itself did. */
  writers: readonly (string | null | undefined)[]
  /** About colours, rules, operators or who is who: an account that has just begun waits for a day. */
  weighty: boolean
  now: Date
}

/**
 * Looks whether the caller is somebody else than each of the writers, in fact and not by name only.
 * @returns what is unusual and only alarms: an address in common, and in a demonstration or a city's first week all of it
 * @throws AppError OWN_PROPOSAL; FORBIDDEN with the reason (account_new, made_by_decider, shared_browser)
 */
export const requireSecondPerson = async (
  tx: Transaction,
  { demo }: Pick<Config, 'demo'>,
  { operatorId }: Pick<OperatorCaller, 'operatorId'>,
  { writers, weighty, now }: Matter,
): Promise<DecisionAlarm[]> => {
  const writerIds = [...new Set(writers)].filter((writer) => typeof writer === 'string')
  if (writerIds.includes(operatorId)) throw new AppError('OWN_PROPOSAL')
  const doubts = await findDoubts(tx, operatorId, writerIds, now)
  const found = { ...doubts, account_new: doubts.account_new && weighty }
  for (const kind of ['account_new', 'made_by_decider', 'shared_browser'] as const) {
    const onlyAlarms = found.beginning || (demo && kind === 'shared_browser')
    if (found[kind] && !onlyAlarms)
      throw new AppError('FORBIDDEN', { fields: [{ field: 'operator', reason: kind }] })
  }
  return (['account_new', 'made_by_decider', 'shared_browser', 'shared_address'] as const).filter(
    (kind) => found[kind],
  )
}

/**
 * The same for matters that are no proposals with a list of alarms of their own: what is unusual becomes a matter of the watch.
 * @param about what is decided, for the subject of that matter
 */
export const decideAsSecond = async (
  tx: Transaction,
  config: Pick<Config, 'demo' | 'city'>,
  caller: OperatorCaller,
  matter: Matter & { about: string },
): Promise<DecisionAlarm[]> => {
  const alarms = await requireSecondPerson(tx, config, caller, matter)
  if (alarms.length === 0) return alarms
  const others = [...new Set(matter.writers)].filter((writer) => typeof writer === 'string')
  await raiseIncident(tx, {
    kind: 'decided_in_doubt',
    subject: `${matter.about}:${caller.operatorId}:${others.join(',')}`.slice(0, 200),
    divisionCode: config.city.divisionCode,
    operatorId: caller.operatorId,
    details: { names: await findNames(tx, others), alarms: alarms.join(',') },
    at: matter.now,
  })
  return alarms
}
