import { isExchangeFresh } from '@jiankangbao/domain/ticket/exchange'
import { reportAs, startLoop, stopAll } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { claimAsking, keepReading } from './exchange.queries.ts'

const TICK_MS = 5_000
/** Between two questions, over all processes. */
const EVERY_MS = 15_000

/** Asks the telephone exchange once, where it is time. What it says of long ago, or of later than now, is no figure of now. */
export const readExchange = async ({ pool, clock, ports }: Pick<Parts, 'pool' | 'clock' | 'ports'>) => {
  if (!ports.exchange) return
  const now = clock()
  if (!(await claimAsking(pool, now, new Date(now.getTime() - EVERY_MS)))) return
  const reading = await ports.exchange.read()
  if (!isExchangeFresh(reading.measuredAt.getTime(), now.getTime()))
    throw new Error(`the exchange told figures of ${reading.measuredAt.toISOString()}`)
  await keepReading(pool, reading)
}

/** None where the city has no exchange that can be asked. */
export const startExchangeLoop = (parts: Parts) => {
  if (!parts.ports.exchange) return stopAll([])
  return startLoop({
    restMs: TICK_MS,
    round: () => readExchange(parts),
    ...reportAs(parts, 'hotline_exchange', (error) =>
      parts.log.warn({ err: error }, 'the telephone exchange was not read'),
    ),
  })
}
