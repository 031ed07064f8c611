import type { Queryable } from '../../../db/pool.ts'
import type { WitnessedStream } from '../../../keys/audit-witness.ts'
import type { EntryText } from './canonical.ts'
import { type HistoryRow, STREAMS, type StreamName } from './history-streams.ts'
import { ENTRY_COLUMNS } from './seal.queries.ts'

const placeOf = (stream: WitnessedStream) =>
  stream === 'audit' ? { table: 'audit_entries', id: 'audit_id' } : { table: stream, id: STREAMS[stream].id }

/** Ids above `highest`, and those of the gaps that have a row by now; lowest first. */
export const listYoungIds = async (
  db: Queryable,
  stream: WitnessedStream,
  highest: string,
  gaps: string[],
  limit: number,
): Promise<string[]> => {
  const { table, id } = placeOf(stream)
  const { rows } = await db.query<{ id: string }>({
    name: `list-young-${stream}`,
    text: `(select ${id}::text as id from ${table} where ${id} > $1::bigint order by ${table}.${id} limit $3::int)
      union all select ${id}::text from ${table} where ${id} = any($2::bigint[])`,
    values: [highest, gaps, limit],
  })
  return rows.map((row) => row.id)
}

export const listEntriesOf = async (db: Queryable, ids: string[]): Promise<EntryText[]> => {
  const { rows } = await db.query<EntryText>(
    `select ${ENTRY_COLUMNS} from audit_entries where audit_id = any($1::bigint[])`,
    [ids],
  )
  return rows
}

export const listHistoryOf = async (
  db: Queryable,
  stream: StreamName,
  ids: string[],
): Promise<HistoryRow[]> => {
  const { id, fields } = STREAMS[stream]
  const { rows } = await db.query<HistoryRow>(
    `select array[${fields.join(', ')}] as fields from ${stream} where ${id} = any($1::bigint[])`,
    [ids],
  )
  return rows
}
