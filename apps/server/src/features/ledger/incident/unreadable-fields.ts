import type { Pool } from '../../../db/pool.ts'
import type { UnreadableField } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from './incident.ts'

/** A screen that is looked at again and again tells once a minute; the count stays a count of minutes. */
const AGAIN_MS = 60_000
const MOST_REMEMBERED = 1_000

type Told = Pick<Parts, 'clock' | 'config' | 'log'> & { pool: Pool }

/** An alarm to those who watch for every stored value that is not the one written for its row. */
export const createUnreadableAlarm = ({ pool, clock, config, log }: Told) => {
  const told = new Map<string, number>()
  return ({ place: { field, row }, message }: UnreadableField): void => {
    const name = `${field} ${row}`
    const now = clock()
    if (now.getTime() - (told.get(name) ?? 0) < AGAIN_MS) return
    if (told.size >= MOST_REMEMBERED) told.clear()
    told.set(name, now.getTime())
    log.error({ field, row }, message)
    raiseIncident(pool, {
      kind: 'field_unreadable',
      subject: `field:${field}`,
      divisionCode: config.city.divisionCode,
      details: { field, row },
      at: now,
    }).catch((error: unknown) => log.error({ err: error }, 'an unreadable value was not told'))
  }
}
