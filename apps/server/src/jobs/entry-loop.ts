import { markArrivals } from '../features/entry/arrivals.ts'
import type { Parts } from '../parts.ts'

/** Somebody who passed the station looks at the phone while walking on. */
const ROUND_MS = 3_000

/** Marks arrivals every few seconds. Several processes may run it: one is at it at a time. */
export const startEntryLoop = (parts: Pick<Parts, 'pool' | 'clock' | 'log'>) => {
  let stopped = false
  let wake: () => void = () => {}
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ROUND_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (stopped) wake()
    })

  const run = async () => {
    while (!stopped) {
      await markArrivals(parts).catch((error: unknown) =>
        parts.log.error({ err: error }, 'arrivals can not be marked'),
      )
      await rest()
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
