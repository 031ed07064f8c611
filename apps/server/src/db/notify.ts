import type { Channel } from './listener.ts'

/** PostgreSQL takes 8,000 bytes in a message; a number has up to 19 digits. */
const IDS_IN_A_MESSAGE = 300

/**
 * A statement that tells of many numbers in few messages, once it commits.
 * @param ids query, or name of a `with`, with one column `id`
 */
export const notifyMany = (channel: Channel, ids: string): string =>
  `select pg_notify('${channel}', string_agg(id::text, ' '))
   from (select id, (row_number() over () - 1) / ${IDS_IN_A_MESSAGE} as message from ${ids}) numbered group by message`

/** The numbers of such a message; of one that names a single one, that. */
export const idsOf = (payload: string): string[] => payload.split(' ')
