import type { FloodLimit } from '../vocabulary/inflow.ts'
import { type Colour, colourSeverity } from './colour.ts'

/** Persons whom one partner's pushes may turn red or yellow in one batch, in an hour, in 24 hours. */
export type FloodLimits = Readonly<Record<FloodLimit, number>>

/** Whether somebody turned red, or yellow who was neither. */
export const isTurnedWorse = (from: Colour, to: Colour): boolean =>
  (to === 'red' || to === 'yellow') && colourSeverity(to) > colourSeverity(from)

/**
 * The limit beyond which a push goes; undefined where it may count. Nothing is held that turns nobody worse, however much
 * came before.
 * @param worse persons of this push
 * @param before persons of the same partner's pushes that counted, in the last hour and the last 24 hours
 */
export const findFlood = (
  worse: number,
  before: { hour: number; day: number },
  limits: FloodLimits,
): FloodLimit | undefined => {
  if (worse === 0) return undefined
  if (worse > limits.batch) return 'batch'
  if (before.hour + worse > limits.hour) return 'hour'
  return before.day + worse > limits.day ? 'day' : undefined
}
