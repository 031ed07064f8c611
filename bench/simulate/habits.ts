import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'

/** Where an errand leads: a place that is always the same for a person, or one of some kinds near the home. */
export type Goal = 'home' | 'work' | 'school' | 'transit' | readonly VenueKind[]

/** Somewhere a person goes at about the same time of day. Minutes since midnight, Asia/Shanghai. */
export interface Errand {
  goal: Goal
  minute: number
  /** Standard deviation, minutes. */
  spread: number
  /** Weight of the errand; scaled over all habits to the wanted visits per person. At most 1. */
  likely: number
}

export interface Habit {
  name: string
  /** Of the population; the shares add up to 1. */
  share: number
  errands: readonly Errand[]
}

const at = (hours: number, minutes: number) => hours * 60 + minutes
const errand = (goal: Goal, minute: number, spread: number, likely: number): Errand => ({
  goal,
  minute,
  spread,
  likely,
})

const EATING = ['catering'] as const
const SHOPPING = ['supermarket', 'market', 'retail'] as const
const GOING_OUT = ['mall', 'culture_leisure', 'catering'] as const
const CARE = ['hospital', 'clinic', 'pharmacy'] as const

// By estimate, not by survey: school and work begin around eight, lunch at noon, the way home at six.
export const HABITS: readonly Habit[] = [
  {
    name: 'pupil',
    share: 0.17,
    errands: [
      errand('transit', at(7, 25), 12, 0.3),
      errand('school', at(7, 45), 10, 0.98),
      errand(['catering', 'retail'], at(17, 10), 20, 0.25),
      errand('home', at(17, 40), 30, 0.9),
    ],
  },
  {
    name: 'worker',
    share: 0.48,
    errands: [
      errand('transit', at(7, 45), 18, 0.5),
      errand('work', at(8, 10), 18, 0.95),
      errand(EATING, at(12, 5), 14, 0.5),
      errand('transit', at(18, 0), 22, 0.5),
      errand(SHOPPING, at(18, 30), 30, 0.35),
      errand('home', at(18, 55), 45, 0.95),
      errand(GOING_OUT, at(20, 0), 35, 0.2),
    ],
  },
  {
    name: 'shift worker',
    share: 0.09,
    errands: [
      errand(SHOPPING, at(15, 30), 60, 0.4),
      errand('work', at(19, 50), 20, 0.95),
      errand(EATING, at(7, 50), 25, 0.4),
      errand('home', at(8, 30), 30, 0.95),
    ],
  },
  {
    name: 'retired',
    share: 0.18,
    errands: [
      errand(['market', 'supermarket'], at(7, 40), 40, 0.6),
      errand('home', at(9, 0), 40, 0.8),
      errand(CARE, at(9, 50), 60, 0.15),
      errand(['culture_leisure', 'worship', 'retail'], at(15, 0), 60, 0.35),
      errand('home', at(17, 20), 50, 0.6),
    ],
  },
  {
    name: 'at home',
    share: 0.08,
    errands: [
      errand(SHOPPING, at(10, 0), 60, 0.5),
      errand('home', at(11, 0), 60, 0.5),
      errand(CARE, at(14, 30), 70, 0.1),
      errand(GOING_OUT, at(19, 0), 60, 0.2),
    ],
  },
]
