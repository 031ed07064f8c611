import type { Parts } from '../../../parts.ts'
import { readHotlinePolicy } from '../hotline-policy/policy.queries.ts'
import { readExchange, readLoad } from './desk.service.ts'

/** When the line is full a whole city asks: each process looks this often. */
const FRESH_MS = 10_000

interface Stated {
  full: boolean
  statedAt: string
}

/** What everybody may know of the desk: whether it is full. */
export const createHotlineStateService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  let kept: { at: number; stated: Promise<Stated> } | undefined
  const read = async (now: Date): Promise<Stated> => {
    const { policy } = await readHotlinePolicy(pool)
    const exchange = await readExchange(pool, now)
    return { full: (await readLoad(pool, now, policy, exchange)).full, statedAt: now.toISOString() }
  }
  return {
    getHotlineState: (): Promise<Stated> => {
      const now = clock()
      const age = kept && now.getTime() - kept.at
      if (kept && age !== undefined && age >= 0 && age < FRESH_MS) return kept.stated
      const stated = read(now)
      kept = { at: now.getTime(), stated }
      stated.catch(() => {
        kept = undefined
      })
      return stated
    },
  }
}
