import { createTally, type Tally } from '../tally.ts'

/** Minutes of one stretch in the picture. */
export const STRETCH_MINUTES = 10

export interface Stretch {
  fromMinute: number
  arrived: number
  sampled: number
  tubesSealed: number
  tubesReceived: number
  tubesTold: number
  /** At its end: in front of all tables, and tubes without a result. */
  waiting: number
  tubesUnderWay: number
  latency: Tally
}

type Counted = 'arrived' | 'sampled' | 'tubesSealed' | 'tubesReceived' | 'tubesTold'

/** What happened in each stretch of a day. */
export const createFigures = () => {
  const stretches: {
    counts: Record<Counted, number>
    waiting: number
    tubesUnderWay: number
    tally: ReturnType<typeof createTally>
  }[] = []
  const at = (minute: number) => {
    const place = Math.floor(minute / STRETCH_MINUTES)
    while (stretches.length <= place)
      stretches.push({
        counts: { arrived: 0, sampled: 0, tubesSealed: 0, tubesReceived: 0, tubesTold: 0 },
        waiting: 0,
        tubesUnderWay: 0,
        tally: createTally(),
      })
    // biome-ignore lint/style/noNonNullAssertion: made above
    return stretches[place]!
  }
  return {
    count: (minute: number, what: Counted, many = 1): void => {
      at(minute).counts[what] += many
    },
    answered: (minute: number, isSuccess: boolean, milliseconds: number): void => {
      const { tally } = at(minute)
      tally.offer()
      tally.settle(isSuccess ? 200 : 500, milliseconds)
    },
    stand: (minute: number, waiting: number, tubesUnderWay: number): void => {
      Object.assign(at(minute), { waiting, tubesUnderWay })
    },
    read: (): Stretch[] =>
      stretches.map(({ counts, waiting, tubesUnderWay, tally }, place) => ({
        fromMinute: place * STRETCH_MINUTES,
        ...counts,
        waiting,
        tubesUnderWay,
        latency: tally.read(),
      })),
  }
}
