import type { Queryable } from '../db/pool.ts'
import { ENCRYPTED_FIELDS, type EncryptedColumn, type EncryptedField } from './encrypted-fields.ts'

/** An encrypted value where it stands. */
export interface StoredField {
  /** The primary key of its row, as text. */
  position: string[]
  /** The key for which it was encrypted. */
  row: string
  value: Buffer
}

interface Shape {
  table: string
  value: string
  row: string
  /** Primary key, with its types. */
  position: { name: string; type: string }[]
}

const asText = (column: string): string =>
  column.endsWith('_index') ? `encode(r.${column}, 'hex')` : `r.${column}::text`

const readShape = async (db: Queryable, field: EncryptedField): Promise<Shape> => {
  const { table, column, key, json }: EncryptedColumn = ENCRYPTED_FIELDS[field]
  const { rows } = await db.query<{ name: string; type: string }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
     where i.indrelid = $1::regclass and i.indisprimary order by array_position(i.indkey::int[], a.attnum::int)`,
    [`public.${table}`],
  )
  return {
    table,
    value: json === undefined ? `r.${column}` : `decode(r.${column} ->> '${json}', 'base64')`,
    row: key.map(asText).join(` || ':' || `),
    position: rows,
  }
}

const beyond = (position: Shape['position'], first: number): string =>
  `(${position.map(({ name }) => `r.${name}`).join(', ')}) > (${position.map(({ type }, index) => `$${index + first}::${type}`).join(', ')})`

/** Walks one encrypted column in the order of its rows' primary key. */
export const openFieldPages = async (db: Queryable, field: EncryptedField) => {
  const { table, value, row, position } = await readShape(db, field)
  const order = position.map(({ name }) => `r.${name}`).join(', ')
  const places = `array[${position.map(({ name }) => `r.${name}::text`).join(', ')}]`
  return {
    /** Values after this position; nothing was encrypted where a value is empty. */
    next: async (after: readonly string[] | undefined, limit: number): Promise<StoredField[]> =>
      (
        await db.query<StoredField>(
          `select ${places} as position, ${row} as row, ${value} as value from ${table} r
           where octet_length(${value}) > 0 ${after ? `and ${beyond(position, 2)}` : ''} order by ${order} limit $1::int`,
          [limit, ...(after ?? [])],
        )
      ).rows,
  }
}

/** Whether this role of the database may read the column. */
export const mayReadField = async (db: Queryable, field: EncryptedField): Promise<boolean> => {
  const { table, column } = ENCRYPTED_FIELDS[field]
  const { rows } = await db.query<{ may: boolean }>(
    `select has_column_privilege($1::text, $2::text, 'select') as may`,
    [`public.${table}`, column],
  )
  return rows[0]?.may === true
}
