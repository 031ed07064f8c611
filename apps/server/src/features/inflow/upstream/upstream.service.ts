import type { UpstreamStatus } from '@jiankangbao/contracts/upstream/schemas'
import type { Queryable } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { createBacklog } from './backlog.service.ts'
import * as queries from './upstream.queries.ts'

const DAY_MS = 24 * 3600_000

/** Every provider that is asked, also before it was asked for the first time. */
const PROVIDERS = ['sms', 'identity', 'face', 'provincial', 'travel_card', 'risk_areas']

/** Whether a provider answered when it was last asked; true where it never was. */
export const isReachable = async (db: Queryable, provider: string): Promise<boolean> => {
  const state = (await queries.listStates(db)).find((row) => row.provider === provider)
  if (!state?.last_failure_at) return true
  return state.breaker !== 'open' && (state.last_success_at ?? 0) >= state.last_failure_at
}

/** Forgets figures older than a day. */
export const purgeUpstreamFigures = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> =>
  queries.purgeFigures(pool, new Date(clock().getTime() - DAY_MS))

export const createUpstreamService = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => {
  const backlog = createBacklog({ pool, clock, config })
  /** Each provider: breaker, ages, and the requests of the last day; and the provincial codes that wait. */
  const getUpstreamStatus = async (): Promise<UpstreamStatus> => {
    const now = clock()
    const states = new Map((await queries.listStates(pool)).map((row) => [row.provider, row]))
    const figures = await queries.listFigures(pool, new Date(now.getTime() - DAY_MS))
    const providers = PROVIDERS.map((provider) => {
      const state = states.get(provider)
      return {
        provider,
        breaker: state?.breaker ?? ('closed' as const),
        ...(state?.last_success_at ? { lastSuccessAt: state.last_success_at.toISOString() } : {}),
        ...(state?.last_failure_at ? { lastFailureAt: state.last_failure_at.toISOString() } : {}),
        ...(state?.data_as_of ? { dataAsOf: state.data_as_of.toISOString() } : {}),
        slots: figures
          .filter((row) => row.provider === provider)
          .map((row) => ({
            at: row.slot_at.toISOString(),
            succeeded: row.succeeded,
            failed: row.failed,
            meanMilliseconds: row.mean_milliseconds,
          })),
      }
    })
    return { at: now.toISOString(), providers, provincial: await backlog() }
  }
  return { getUpstreamStatus }
}

export type UpstreamService = ReturnType<typeof createUpstreamService>
