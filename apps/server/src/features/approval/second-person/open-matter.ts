import type { ProposalAct, ProposalState } from '@jiankangbao/contracts/proposal/schemas'
import type { Config } from '../../../config.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'

// A matter of two:  open → approved | rejected | withdrawn | expired. What is the same in every table of such matters.

export interface OpenMatter {
  state: ProposalState
  proposed_by: string | null
}

/** When what nobody decided is over. */
export const runsOutAt = ({ approval }: Pick<Config, 'approval'>, now: Date): Date =>
  new Date(now.getTime() + approval.expiryHours * 3600_000)

/** Part of a statement: the state of a matter, which is over by its time and not by a job. */
export const stateNow = (alias: string, now: `$${number}`): string =>
  `case when ${alias}.state = 'open' and ${alias}.expires_at <= ${now}::timestamptz then 'expired' else ${alias}.state end`

/** What the caller may do with it: its writer takes it back, the others decide where they may. */
export const actsOn = (caller: OperatorCaller, { state, proposed_by }: OpenMatter, mayDecide = true) => {
  if (state !== 'open') return []
  if (proposed_by === caller.operatorId) return ['withdraw' as const]
  return mayDecide ? (['approve', 'reject'] satisfies ProposalAct[]) : []
}

/** @throws AppError STATE_CONFLICT (decided, taken back, or it ran out) */
export const requireOpen = ({ state }: Pick<OpenMatter, 'state'>): void => {
  if (state !== 'open') throw stateConflict('state', state)
}

/** Only who wrote it takes it back. @throws AppError FORBIDDEN, STATE_CONFLICT */
export const requireWithdrawable = (caller: OperatorCaller, matter: OpenMatter): void => {
  if (matter.proposed_by !== caller.operatorId) throw new AppError('FORBIDDEN')
  requireOpen(matter)
}
