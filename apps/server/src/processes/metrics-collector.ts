import { AggregatorRegistry, type Registry } from 'prom-client'
import type { MetricsSnapshot } from './messages.ts'

/** How long a process that is busy may take; then what it said last counts. */
const ANSWER_MS = 1_000

const sum = (snapshots: MetricsSnapshot[]) => AggregatorRegistry.aggregate(snapshots as object[])
const mergeSnapshots = async (snapshots: MetricsSnapshot[]) =>
  (await sum(snapshots).getMetricsAsJSON()) as MetricsSnapshot

// prom-client says it with a number in its type and with a word in its data.
const onlyGrows = ({ type }: MetricsSnapshot[number]) => ['counter', 'histogram'].includes(String(type))

/**
 * Sums the metrics of all processes. A process that dies leaves what it had counted: without that, the sum would fall
 * and a rate over it would show a peak that never was. What it counted since the last look is lost.
 * @param own metrics of the primary itself
 */
export const createMetricsCollector = (own: Registry) => {
  const last = new Map<number, MetricsSnapshot>()
  const waiting = new Map<string, () => void>()
  let departed = Promise.resolve<MetricsSnapshot>([])
  let lastId = 0

  return {
    /** A process answered. */
    accept: (processId: number, id: number, metrics: MetricsSnapshot): void => {
      last.set(processId, metrics)
      waiting.get(`${processId}:${id}`)?.()
    },

    /** A process ended. */
    depart: (processId: number): void => {
      const left = last.get(processId)?.filter(onlyGrows)
      last.delete(processId)
      if (left) departed = departed.then((before) => mergeSnapshots([before, left]))
    },

    /**
     * Asks all and sums.
     * @param ask sends the question with this id to a process
     */
    read: async (processIds: number[], ask: (processId: number, id: number) => void): Promise<string> => {
      lastId += 1
      const id = lastId
      const answer = (processId: number) =>
        new Promise<void>((resolve) => {
          const key = `${processId}:${id}`
          const done = () => {
            clearTimeout(timer)
            waiting.delete(key)
            resolve()
          }
          const timer = setTimeout(done, ANSWER_MS)
          waiting.set(key, done)
          ask(processId, id)
        })
      await Promise.all(processIds.map(answer))
      const ownSnapshot = (await own.getMetricsAsJSON()) as MetricsSnapshot
      const before = await departed
      return sum([...last.values(), before, ownSnapshot]).metrics()
    },
  }
}
