import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { CITIES } from '@jiankangbao/city/cities'
import { DEFAULT_CITY } from '@jiankangbao/city/words'
import type { Client } from './client.ts'
import type { World } from './world.ts'

const CITY = CITIES[DEFAULT_CITY].division
const HOUR_MS = 3_600_000
/** `count_rounds` runs each minute. */
const COUNTED_WITHIN_MS = 150_000

/** A round of the whole city, made by one of headquarters and begun by another. @returns its id */
export const beginRound = async (client: Client, { leaders: [maker, beginner] }: World): Promise<string> => {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
  const made = await client.must(
    '/api/v1/operator/test-rounds',
    { session: maker },
    {
      requestId: randomUUID(),
      name: 'rehearsal',
      divisionCodes: [CITY],
      rosterIds: [],
      kind: 'pooled',
      fromAt: at(-0.1),
      untilAt: at(12),
      dueAt: at(36),
      times: 1,
    },
  )
  await client.must(`/api/v1/operator/test-rounds/${made.roundId}/beginning`, { session: beginner }, {})
  return made.roundId
}

/** How far the round is, once it was counted after now. */
export const readCoverage = async (
  client: Client,
  { leaders: [session] }: World,
  roundId: string,
): Promise<{ expected: number; sampled: number; communities: number; milliseconds: number }> => {
  const from = Date.now()
  while (Date.now() - from < COUNTED_WITHIN_MS) {
    const began = performance.now()
    const { round, counts } = await client.must(`/api/v1/operator/test-rounds/${roundId}`, { session })
    const milliseconds = Math.round(performance.now() - began)
    if (Date.parse(round.countedAt ?? '') > from)
      return {
        expected: round.expected,
        sampled: round.sampled,
        communities: counts.filter(({ rosterId }: { rosterId?: string }) => rosterId === undefined).length,
        milliseconds,
      }
    await sleep(1000)
  }
  throw new Error('The round was not counted within two and a half minutes.')
}
