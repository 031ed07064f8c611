import { findKeyFault } from '../keys/known-keys.service.ts'
import type { Parts } from '../parts.ts'
import { type ReadinessCheck, reason } from './reason.ts'

/** Whether this server has every key that its database uses now: another machine may have rotated one since the start. */
export const createKeyCheck =
  ({ pool, keys, clock }: Pick<Parts, 'pool' | 'keys' | 'clock'>): ReadinessCheck =>
  async () => {
    try {
      const fault = await findKeyFault(pool, keys, clock())
      return fault ? [reason('KEYS_DIFFER', fault)] : []
    } catch (error) {
      // An older schema has no such table, which another reason says.
      if (String((error as { code?: unknown }).code ?? '').startsWith('42')) return []
      throw error
    }
  }
