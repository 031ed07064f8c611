import { before, hourly, type RetentionOf } from '../../../metrics/retention.ts'

/** After somebody decided. */
export const HELD_PUSH_DAYS = 60

export const heldPushRetention: RetentionOf = () => ({
  held_pushes: hourly(HELD_PUSH_DAYS, before('held_pushes', 'closed_at')),
})
