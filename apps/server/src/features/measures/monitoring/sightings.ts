import { COLOUR_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from '../../../db/pool.ts'
import { raiseAlarms } from './alarm.queries.ts'

/** Told after the commit of a scan or a check: somebody red or yellow was at a door. */
export interface Sightings {
  note(personIds: readonly string[]): void
  /** What was noted is looked at before. */
  stop(): Promise<void>
}

const { yellow, red } = COLOUR_NUMBERS

/** Whether a stored colour can be that of somebody who has to stay where they are. */
export const isHeld = (colour: number | undefined): boolean => colour === yellow || colour === red

/** A community hears of it within ten seconds: half a second here, five until its page asks again. */
const GATHER_MS = 500
/** More than this at once wait for the walk through all follow-ups, which misses nothing. */
const MOST = 5_000

/**
 * Gathers whom the doors saw and looks once in half a second whether one of them has to stay at home. Nothing is added to the
 * statement of a scan; a process that ends before loses nothing, the walk finds it within minutes.
 */
export const createSightings = ({
  pool,
  clock,
  log,
}: {
  pool: Pool
  clock: () => Date
  log: FastifyBaseLogger
}): Sightings => {
  let seen = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let looking = Promise.resolve()

  const look = async (): Promise<void> => {
    timer = undefined
    const personIds = [...seen]
    seen = new Set()
    if (personIds.length === 0) return
    try {
      await raiseAlarms(pool, personIds, clock())
    } catch (error) {
      log.warn({ err: error }, 'alarms of doors wait for the walk')
    }
  }

  return {
    note: (personIds) => {
      if (personIds.length === 0) return
      for (const personId of personIds) if (seen.size < MOST) seen.add(personId)
      timer ??= setTimeout(() => {
        looking = looking.then(look)
      }, GATHER_MS).unref()
    },
    stop: async () => {
      clearTimeout(timer)
      await looking.then(look)
    },
  }
}
