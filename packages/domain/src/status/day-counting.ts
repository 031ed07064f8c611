import { DAY_MS, shanghaiDayNumber, startOfShanghaiDayNumber } from '../time/shanghai.ts'
import type { DayCounting } from './ruleset.ts'

/** The instant at which `days` days from an anchor are over (exclusive end), counted as the ruleset says. */
export function endOfDaysFromAnchor(anchorAt: number, days: number, counting: DayCounting): number {
  if (counting.mode === 'exact') return anchorAt + days * DAY_MS
  return startOfShanghaiDayNumber(shanghaiDayNumber(anchorAt) + days + 1 - counting.anchorDay)
}

/**
 * The same for days that follow a phase. A phase that ended at midnight leaves whole days; one that ended during a
 * day (held up by a test) makes that day the anchor day of what follows.
 */
export function endOfDaysFromPhaseEnd(phaseEndAt: number, days: number, counting: DayCounting): number {
  if (counting.mode === 'exact') return phaseEndAt + days * DAY_MS
  const day = shanghaiDayNumber(phaseEndAt)
  const isMidnight = startOfShanghaiDayNumber(day) === phaseEndAt
  return isMidnight ? startOfShanghaiDayNumber(day + days) : endOfDaysFromAnchor(phaseEndAt, days, counting)
}
