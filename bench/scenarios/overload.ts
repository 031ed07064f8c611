import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenLoopResult } from '../load/open-loop.ts'
import type { Stage } from '../stage.ts'
import { openLoop, SCANS } from './hot-path.ts'
import { type Measured, measure } from './measure.ts'

export interface OverloadFigures {
  /** Outstanding requests as many times as those that saturate the server. */
  times: number
  flood: Measured
  /** Accepted scans a second during the flood. */
  goodput: number
  refusedPerSecond: number
  /** Answers that were neither 2xx nor 503. */
  otherAnswers: number
  /** A thin open-loop stream beside the flood: what a person sees who comes now. */
  bystander: OpenLoopResult
  /** Scans a second once the flood is over, from the fifth second on. */
  recovered: number
  memoryMiB: number
}

const BYSTANDERS_PER_SECOND = 100

/** Ten times as many outstanding requests as saturate the server, from clients that never wait as they are told. */
export const runOverload = async (
  stage: Stage,
  saturating: number,
  times: number,
): Promise<OverloadFigures> => {
  await stage.clear()
  await stage.refreshRequests({ persons: 200_000, checks: false })
  return stage.withServer({}, async (server) => {
    await measure(stage, server, { connections: saturating, weights: SCANS, seconds: 4 })
    const seconds = stage.options.secondsPerRun
    const [flood, bystander] = await Promise.all([
      measure(stage, server, {
        connections: saturating * times,
        weights: SCANS,
        countStatuses: true,
        seconds: seconds + 2,
      }),
      sleep(1500).then(() =>
        openLoop(stage, server, { perSecond: BYSTANDERS_PER_SECOND, seconds: seconds - 1, weights: SCANS }),
      ),
    ])
    await sleep(5000)
    const after = await measure(stage, server, { connections: saturating, weights: SCANS, seconds: 5 })
    const accepted = flood.requests - flood.failed
    const refused = flood.statuses['503'] ?? 0
    const counted = Object.values(flood.statuses).reduce((sum, count) => sum + count, 0)
    const good = flood.statuses['201'] ?? 0
    const elapsed = flood.requests / flood.perSecond
    return {
      times,
      flood,
      goodput: accepted / elapsed,
      refusedPerSecond: flood.failed / elapsed,
      otherAnswers: counted - refused - good,
      bystander,
      recovered: after.perSecond,
      memoryMiB: Math.max(flood.memoryMiB, after.memoryMiB),
    }
  })
}
