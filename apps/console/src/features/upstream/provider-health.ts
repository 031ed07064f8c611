import type { UpstreamProvider } from '@jiankangbao/contracts/upstream/schemas'

/** `away`: the breaker is open or the last call failed; `unsteady`: it answers, but one call in twenty fails. */
export type Health = 'well' | 'unsteady' | 'away' | 'idle'

type Slot = UpstreamProvider['slots'][number]

const UNSTEADY_SHARE = 0.05
const RECENT_SLOTS = 6

export const sumOf = (slots: readonly Slot[]): { succeeded: number; failed: number } => ({
  succeeded: slots.reduce((sum, slot) => sum + slot.succeeded, 0),
  failed: slots.reduce((sum, slot) => sum + slot.failed, 0),
})

/** The state of a provider in a word, from what happened last. */
export const healthOf = (provider: UpstreamProvider): Health => {
  const { lastSuccessAt, lastFailureAt, breaker, slots } = provider
  if (!lastSuccessAt && !lastFailureAt) return 'idle'
  if (breaker === 'open' || (lastFailureAt && (!lastSuccessAt || lastFailureAt > lastSuccessAt)))
    return 'away'
  const { succeeded, failed } = sumOf(slots.slice(-RECENT_SLOTS))
  return breaker === 'half_open' || failed > UNSTEADY_SHARE * (succeeded + failed) ? 'unsteady' : 'well'
}

/** How long ago, in the largest unit that leaves at least one. */
export const toAge = (
  instant: string,
  at: string,
): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } => {
  const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(instant)) / 1000))
  if (seconds < 60) return { unit: 'seconds', count: seconds }
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) }
  if (seconds < 86_400) return { unit: 'hours', count: Math.floor(seconds / 3600) }
  return { unit: 'days', count: Math.floor(seconds / 86_400) }
}

export interface Bar {
  /** Ten-minute slots before now, 0 is the running one. */
  place: number
  succeeded: number
  failed: number
}

const SLOT_MS = 600_000
/** Of a day. */
export const SLOTS = 144

/** Slots by their place in the last day; older ones are left out. */
export const toBars = (slots: readonly Slot[], at: string): Bar[] => {
  const running = Math.floor(Date.parse(at) / SLOT_MS)
  return slots
    .map(({ at: slotAt, succeeded, failed }) => ({
      place: running - Math.floor(Date.parse(slotAt) / SLOT_MS),
      succeeded,
      failed,
    }))
    .filter(({ place }) => place >= 0 && place < SLOTS)
}
