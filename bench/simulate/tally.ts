import { build, type Histogram } from 'hdr-histogram-js'

/** What happened to the requests of one stretch of time. */
export interface Tally {
  offered: number
  /** Answered with success. */
  answered: number
  /** Answered 503: full, come back later. */
  busy: number
  /** Any other status, or no answer. */
  failed: number
  /** Milliseconds from when a request was due to its answer; of those answered with success. */
  p50: number
  p99: number
}

export const createTally = () => {
  let offered = 0
  let answered = 0
  let busy = 0
  let failed = 0
  const latency: Histogram = build({ highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: 2 })
  return {
    offer: () => {
      offered += 1
    },
    settle: (status: number, milliseconds: number) => {
      if (status >= 200 && status < 300) {
        answered += 1
        latency.recordValue(Math.max(1, Math.round(milliseconds * 1000)))
      } else if (status === 503) busy += 1
      else failed += 1
    },
    isSettled: () => answered + busy + failed >= offered,
    read: (): Tally => ({
      offered,
      answered,
      busy,
      failed,
      p50: latency.getValueAtPercentile(50) / 1000,
      p99: latency.getValueAtPercentile(99) / 1000,
    }),
  }
}
