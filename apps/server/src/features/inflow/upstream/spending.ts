import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { Gauge, type Registry } from 'prom-client'
import type { Pool } from '../../../db/pool.ts'
import type { Spending } from '../../../outside/policies.ts'
import { addSpent, listSpent, type Spent } from './spending.queries.ts'

/** Costs are whole numbers of these: a text costs as little as 0.0325 yuan. */
export const PER_YUAN = 10_000

interface SpendingSettings {
  /** In yuan. */
  prices: ReadonlyMap<string, number>
  budgets: ReadonlyMap<string, number>
}

/**
 * What this process spent, added to the database with the other figures, and what all processes have spent today: so a budget is
 * overdrawn by no more than what goes out between two writings.
 */
export const createSpending = (
  registry: Registry,
  clock: () => Date,
  { prices, budgets }: SpendingSettings,
): Spending & { flush(pool: Pool): Promise<void> } => {
  const used = new Gauge({
    name: 'jkb_provider_budget_used_ratio',
    help: 'Share of the budget of the day that a provider has used',
    labelNames: ['provider'],
    aggregator: 'max',
    registers: [registry],
  })
  const today = () => shanghaiDayOf(clock().getTime())
  /** Not yet in the database; what is being written just now stands in the second. */
  let pending = new Map<string, Spent>()
  let writing = new Map<string, Spent>()
  let known = { day: '', costs: new Map<string, number>() }

  const costToday = (provider: string): number =>
    (known.day === today() ? (known.costs.get(provider) ?? 0) : 0) +
    (writing.get(provider)?.cost ?? 0) +
    (pending.get(provider)?.cost ?? 0)

  const add = ({ provider, units, cost, tookOver }: Spent): void => {
    const so = pending.get(provider) ?? { provider, units: 0, cost: 0, tookOver: 0 }
    pending.set(provider, {
      provider,
      units: so.units + units,
      cost: so.cost + cost,
      tookOver: so.tookOver + tookOver,
    })
  }

  const write = async (pool: Pool): Promise<void> => {
    if (writing.size > 0) await addSpent(pool, [...writing.values()], today(), clock())
    if (budgets.size === 0) return
    const day = today()
    const costs = new Map((await listSpent(pool, day)).map((row) => [row.provider, Number(row.cost)]))
    known = { day, costs }
  }

  return {
    hasRoom: (provider) => {
      const budget = budgets.get(provider)
      return budget === undefined || costToday(provider) < budget * PER_YUAN
    },
    spend: (provider, units, tookOver) =>
      add({
        provider,
        units,
        cost: Math.round(units * (prices.get(provider) ?? 0) * PER_YUAN),
        tookOver: tookOver ? 1 : 0,
      }),
    flush: async (pool) => {
      writing = pending
      pending = new Map()
      try {
        await write(pool)
        writing = new Map()
      } catch {
        const again = writing
        writing = new Map()
        for (const spent of again.values()) add(spent)
      }
      for (const [provider, budget] of budgets)
        used.set({ provider }, budget > 0 ? costToday(provider) / (budget * PER_YUAN) : 1)
    },
  }
}
