import type { UpstreamProvider, UpstreamStatus } from '@jiankangbao/contracts/upstream/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { Queryable } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { createBacklog } from './backlog.service.ts'
import { listCostSince, listSpent, type SpentRow } from './spending.queries.ts'
import { PER_YUAN } from './spending.ts'
import * as queries from './upstream.queries.ts'

const DAY_MS = 24 * 3600_000

const toState = (
  state: queries.StateRow | undefined,
): Pick<UpstreamProvider, 'breaker' | 'lastSuccessAt' | 'lastFailureAt'> => ({
  breaker: state?.breaker ?? 'closed',
  ...(state?.last_success_at ? { lastSuccessAt: state.last_success_at.toISOString() } : {}),
  ...(state?.last_failure_at ? { lastFailureAt: state.last_failure_at.toISOString() } : {}),
})

/** Every provider that is asked, also before it was asked for the first time; of several for the same thing in their order. */
const providersOf = ({
  smsProviders,
  identityProviders,
  faceProviders,
  exchange,
}: Parts['config']['providers']): { provider: string; turn?: number }[] => [
  ...Object.entries({ sms: smsProviders, identity: identityProviders, face: faceProviders }).flatMap(
    ([what, kinds]) =>
      kinds.map((kind, place) => ({
        provider: kind === 'http' ? what : `${what}_${kind}`,
        ...(kinds.length > 1 ? { turn: place + 1 } : {}),
      })),
  ),
  ...['provincial', 'travel_card', 'risk_areas', ...(exchange ? ['exchange'] : [])].map((provider) => ({
    provider,
  })),
]

/** What a provider cost and what became of it; nothing where it is not paid by the piece. */
const toAccount = (
  row: SpentRow | undefined,
  month: string | undefined,
  { price, budget }: { price: number | undefined; budget: number | undefined },
): Pick<UpstreamProvider, 'spent' | 'tookOver' | 'receipts'> => ({
  ...(row?.took_over_at
    ? { tookOver: { count: row.took_over, lastAt: row.took_over_at.toISOString() } }
    : {}),
  ...(price === undefined && budget === undefined
    ? {}
    : {
        spent: {
          units: Number(row?.units ?? 0),
          yuan: Number(row?.cost ?? 0) / PER_YUAN,
          yuanOfMonth: Number(month ?? 0) / PER_YUAN,
          ...(budget === undefined ? {} : { budgetYuan: budget }),
        },
      }),
  ...(row && row.delivered + row.undelivered > 0
    ? { receipts: { delivered: row.delivered, undelivered: row.undelivered } }
    : {}),
})

/** Every provider that is asked, and when it last answered. */
export const listSources = async ({
  pool,
  config,
}: Pick<Parts, 'pool' | 'config'>): Promise<
  Pick<UpstreamProvider, 'provider' | 'breaker' | 'lastSuccessAt' | 'lastFailureAt'>[]
> => {
  const states = new Map((await queries.listStates(pool)).map((row) => [row.provider, row]))
  return providersOf(config.providers).map(({ provider }) => ({
    provider,
    ...toState(states.get(provider)),
  }))
}

/** Whether a provider answered when it was last asked; true where it never was. */
export const isReachable = async (db: Queryable, provider: string): Promise<boolean> => {
  const state = (await queries.listStates(db)).find((row) => row.provider === provider)
  if (!state?.last_failure_at) return true
  return state.breaker !== 'open' && (state.last_success_at ?? 0) >= state.last_failure_at
}

/** Forgets figures older than a day. */
export const purgeUpstreamFigures = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> =>
  queries.purgeFigures(pool, new Date(clock().getTime() - DAY_MS))

export const createUpstreamService = ({
  pool,
  reading,
  clock,
  config,
}: Pick<Parts, 'pool' | 'reading' | 'clock' | 'config'>) => {
  const backlog = createBacklog({ pool, reading, clock, config })
  /** Each provider: breaker, ages, and the requests of the last day; and the provincial codes that wait. */
  const getUpstreamStatus = async (): Promise<UpstreamStatus> => {
    const now = clock()
    const states = new Map((await queries.listStates(pool)).map((row) => [row.provider, row]))
    const figures = await queries.listFigures(pool, new Date(now.getTime() - DAY_MS))
    const { prices, budgets } = config.providers
    const day = shanghaiDayOf(now.getTime())
    const spent = new Map((await listSpent(pool, day)).map((row) => [row.provider, row]))
    const ofMonth = await listCostSince(pool, `${day.slice(0, 8)}01`)
    const months = new Map(ofMonth.map(({ provider, cost }) => [provider, cost]))
    const providers = providersOf(config.providers).map(({ provider, turn }) => {
      const state = states.get(provider)
      return {
        provider,
        ...toState(state),
        ...(turn === undefined ? {} : { turn }),
        ...toAccount(spent.get(provider), months.get(provider), {
          price: prices.get(provider),
          budget: budgets.get(provider),
        }),
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
