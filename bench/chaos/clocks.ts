import type pg from 'pg'

/** What a server in this process takes for the time; moved while it serves. */
export interface MovedClock {
  now(): Date
  /** From now on so many milliseconds ahead of (or behind) the real time. */
  shift(milliseconds: number): void
}

export const createMovedClock = (): MovedClock => {
  let shifted = 0
  return {
    now: () => new Date(Date.now() + shifted),
    shift: (milliseconds) => {
      shifted = milliseconds
    },
  }
}

const DAY_MS = 24 * 3600_000
const SHANGHAI_MS = 8 * 3600_000

/** Milliseconds from the given instant to the next midnight, Asia/Shanghai. */
export const untilMidnight = (now: number): number => DAY_MS - ((now + SHANGHAI_MS) % DAY_MS)

/** Drops the partitions of the day that a clock shifted by so much will call today. */
export const dropPartitions = async (owner: pg.Pool, shifted: number): Promise<void> => {
  const day = new Date(Date.now() + shifted + SHANGHAI_MS).toISOString().slice(0, 10).replaceAll('-', '')
  for (const parent of ['visits', 'checks']) await owner.query(`drop table if exists ${parent}_${day}`)
}

export interface ClockFault {
  name: string
  what: string
  /** Shift before the load begins. */
  start: number | (() => number)
  inject(clock: MovedClock, owner: pg.Pool): Promise<void>
}

/** Faults of time: a server in this process, whose clock can be moved, under the same load. */
export const clockFaults: ClockFault[] = [
  {
    name: 'midnight',
    what: 'the day changes in Shanghai under load, repeats on both sides of it',
    start: () => untilMidnight(Date.now()) - 6000,
    inject: async () => {},
  },
  {
    name: 'clock-forwards',
    what: 'the server clock jumps five minutes ahead',
    start: 0,
    inject: async (clock) => clock.shift(5 * 60_000),
  },
  {
    name: 'clock-backwards',
    what: 'the server clock jumps five minutes back',
    start: 0,
    inject: async (clock) => clock.shift(-5 * 60_000),
  },
  {
    name: 'partition-missing',
    what: 'the server comes to a day whose partition nobody made',
    start: 0,
    inject: async (clock, owner) => {
      await dropPartitions(owner, 2 * DAY_MS)
      clock.shift(2 * DAY_MS)
    },
  },
]
