import type { EpochGuard } from '../epoch/guard.ts'
import { type ReadinessCheck, reason } from './reason.ts'

/** Whether the database is the history that this server worked with. */
export const createEpochCheck =
  (epochs: Pick<EpochGuard, 'suspended'>): ReadinessCheck =>
  async () => {
    const why = epochs.suspended()
    return why ? [reason(why === 'other' ? 'DATABASE_EXCHANGED' : 'DATABASE_RESTORED')] : []
  }
