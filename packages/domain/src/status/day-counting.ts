import { DAY_MS, shanghaiDayNumber, startOfShanghaiDayNumber } from '../time/shanghai.ts'
import type { DayCounting } from './ruleset.ts'

/** The instant at which `days` days from an anchor are over (exclusive end), counted as the ruleset says. */
export function endOfDaysFromAnchor(anchorAt: number, days: number, counting: DayCounting): number {
  if (counting.mode === 'exact') return anchorAt + days * DAY_MS
  return startOfShanghaiDayNumber(shanghaiDayNumber(anchorAt) + days + 1 - counting.anchorDay)
}

/**
 * The same for days that follow a phase. One that ended because its days were over leaves whole days; one that a sample
 * or a fact ended, be it at midnight, makes that day the anchor day of what follows.
 * @param counted the phase ended because its days were over
 */
export function endOfDaysFromPhaseEnd(
  phaseEndAt: number,
  counted: boolean,
  days: number,
  counting: DayCounting,
): number {
  if (counting.mode === 'exact' || !counted) return endOfDaysFromAnchor(phaseEndAt, days, counting)
  return startOfShanghaiDayNumber(shanghaiDayNumber(phaseEndAt) + days)
}
