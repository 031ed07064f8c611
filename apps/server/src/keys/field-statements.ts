import type { Queryable } from '../db/pool.ts'
import type { EncryptedColumn } from './encrypted-fields.ts'

// Statements over encrypted columns, which are named in code alone. The row is `r`.

const BASE64 = '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'

/** The object of the document in which the value stands. */
const objectOf = ({ column, json, isList }: EncryptedColumn): string =>
  isList ? `jsonb_path_query_first(r.${column}, '$[*] ? (exists (@.${json}))')` : `r.${column}`

/** The stored text of a value in a document. */
const textOf = (column: EncryptedColumn): string => `(${objectOf(column)} ->> '${column.json}')`

/** The value as bytes; what is no base64 is a byte that nobody can read. */
export const bytesOf = (column: EncryptedColumn): string =>
  column.json === undefined
    ? `r.${column.column}`
    : `case when ${textOf(column)} ~ '${BASE64}' then decode(${textOf(column)}, 'base64') when ${textOf(column)} is not null then '\\x00'::bytea end`

const asText = (column: string): string =>
  column.endsWith('_index') ? `encode(r.${column}, 'hex')` : `r.${column}::text`

/** The key for which the value was encrypted. */
export const keyOf = (column: EncryptedColumn): string =>
  column.jsonKey === undefined
    ? column.key.map(asText).join(` || ':' || `)
    : `coalesce(${objectOf(column)} ->> '${column.jsonKey}', '')`

export interface PrimaryKeyColumn {
  name: string
  type: string
}

/** Columns of a table's primary key in their order. */
export const readPrimaryKey = async (db: Queryable, table: string): Promise<PrimaryKeyColumn[]> => {
  const { rows } = await db.query<PrimaryKeyColumn>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
     where i.indrelid = $1::regclass and i.indisprimary order by array_position(i.indkey::int[], a.attnum::int)`,
    [`public.${table}`],
  )
  return rows
}

/** Rows after a position that is given from the parameter of this number on. */
export const beyond = (key: readonly PrimaryKeyColumn[], first: number): string =>
  `(${key.map(({ name }) => `r.${name}`).join(', ')}) > (${key.map(({ type }, index) => `$${index + first}::text::${type}`).join(', ')})`

export const orderOf = (key: readonly PrimaryKeyColumn[]): string =>
  key.map(({ name }) => `r.${name}`).join(', ')

/** The position of a row, as texts. */
export const positionOf = (key: readonly PrimaryKeyColumn[]): string =>
  `array[${key.map(({ name }) => `r.${name}::text`).join(', ')}]`
