import type { Transaction } from '../db/pool.ts'
import {
  ENCRYPTED_FIELDS,
  type EncryptedColumn,
  type EncryptedField,
  inStoredRow,
  listEncryptedFields,
  type Place,
} from './encrypted-fields.ts'
import { type FieldEncryption, UnreadableField } from './field-encryption.ts'
import {
  beyond,
  bytesOf,
  keyOf,
  orderOf,
  type PrimaryKeyColumn,
  positionOf,
  readPrimaryKey,
} from './field-statements.ts'

// Values that are encrypted under an older key, or not for their row yet, are written anew. Two values of one row go in one
// statement, so that it has one version more and not several.

/** A value that is to be written anew, where it stands. */
export interface StaleValue {
  field: EncryptedField
  place: Place
  value: Buffer
}

export interface StaleRow {
  position: string[]
  values: StaleValue[]
}

const columnOf = (field: EncryptedField): EncryptedColumn => ENCRYPTED_FIELDS[field]

/** Tables with encrypted columns. */
export const listEncryptedTables = (): string[] => [
  ...new Set(listEncryptedFields().map((field) => columnOf(field).table)),
]

const fieldsOf = (table: string): EncryptedField[] =>
  listEncryptedFields().filter((field) => columnOf(field).table === table)

/** Not under this key (as two bytes in hexadecimal digits), or not for its row alone. An empty value says nothing. */
const isStale = (field: EncryptedField, head: string): string => {
  const bytes = bytesOf(columnOf(field))
  return `(octet_length(${bytes}) > 0 and substring(${bytes} from 1 for 3) <> '\\x02${head}'::bytea)`
}

const headOf = (dataKeyId: number): string => dataKeyId.toString(16).padStart(4, '0')

const isAnyStale = (table: string, dataKeyId: number): string =>
  fieldsOf(table)
    .map((field) => isStale(field, headOf(dataKeyId)))
    .join(' or ')

/** Rows with a value that is to be written anew. */
export const countStaleRows = async (tx: Transaction, table: string, dataKeyId: number): Promise<number> => {
  const { rows } = await tx.query<{ count: string }>(
    `select count(*) from ${table} r where ${isAnyStale(table, dataKeyId)}`,
  )
  return Number(rows[0]?.count ?? 0)
}

/** The rows after a position, in the order of their primary keys; they are not locked. */
export const listStaleRows = async (
  tx: Transaction,
  table: string,
  dataKeyId: number,
  after: readonly string[] | null,
  limit: number,
): Promise<StaleRow[]> => {
  const key = await readPrimaryKey(tx, table)
  const fields = fieldsOf(table)
  const select = fields.map((field, nth) => {
    const stale = isStale(field, headOf(dataKeyId))
    return `case when ${stale} then ${bytesOf(columnOf(field))} end as v${nth}, ${keyOf(columnOf(field))} as k${nth}`
  })
  const { rows } = await tx.query<Record<string, unknown> & { position: string[] }>(
    `select ${positionOf(key)} as position, ${select.join(', ')} from ${table} r
     where (${isAnyStale(table, dataKeyId)}) ${after ? `and ${beyond(key, 2)}` : ''} order by ${orderOf(key)} limit $1::int`,
    [limit, ...(after ?? [])],
  )
  return rows.map((row) => ({
    position: row.position,
    values: fields.flatMap((field, nth) => {
      const value = row[`v${nth}`] as Buffer | null
      return value ? [{ field, value, place: inStoredRow(field, String(row[`k${nth}`])) }] : []
    }),
  }))
}

/** What stands in a statement for a value: a column as it is, a document by the base64 in it. */
const toText = (field: EncryptedField, value: Buffer): string =>
  columnOf(field).json === undefined ? `\\x${value.toString('hex')}` : value.toString('base64')

export interface RewrittenRow {
  position: string[]
  /** Before and after, by field. */
  values: Map<EncryptedField, { before: Buffer; after: Buffer }>
}

const isAt = (key: readonly PrimaryKeyColumn[]): string =>
  key.map(({ name, type }, nth) => `r.${name} = x.p${nth}::${type}`).join(' and ')

/**
 * Replaces values where they still stand as they were read: what somebody wrote meanwhile stays.
 * @returns how many rows
 */
export const rewriteRows = async (
  tx: Transaction,
  table: string,
  rewritten: readonly RewrittenRow[],
): Promise<number> => {
  const touched = rewritten.filter(({ values }) => values.size > 0)
  if (touched.length === 0) return 0
  const key = await readPrimaryKey(tx, table)
  const fields = fieldsOf(table).filter((field) => touched.some(({ values }) => values.has(field)))
  const lists = [
    ...key.map((_, nth) => touched.map(({ position }) => position[nth] ?? '')),
    ...fields.flatMap((field) => {
      const of = (which: 'before' | 'after') =>
        touched.map(({ values }) => {
          const value = values.get(field)?.[which]
          return value ? toText(field, value) : null
        })
      return [of('before'), of('after')]
    }),
  ]
  const names = [...key.map((_, nth) => `p${nth}`), ...fields.flatMap((_, nth) => [`b${nth}`, `a${nth}`])]
  const columns = [...new Set(fields.map((field) => columnOf(field).column))]
  const setOf = (column: string): string => {
    const here = fields.flatMap((field, nth) =>
      columnOf(field).column === column ? [{ nth, isJson: columnOf(field).json !== undefined }] : [],
    )
    const [first] = here
    if (first && !first.isJson) return `${column} = coalesce(x.a${first.nth}::bytea, r.${column})`
    const replaced = here.reduce(
      (text, { nth }) => `replace(${text}, coalesce(x.b${nth}, ''), coalesce(x.a${nth}, ''))`,
      `r.${column}::text`,
    )
    return `${column} = ${replaced}::jsonb`
  }
  const stands = fields.map((field, nth) => {
    const { column, json } = columnOf(field)
    const same =
      json === undefined ? `r.${column} = x.b${nth}::bytea` : `position(x.b${nth} in r.${column}::text) > 0`
    return `(x.b${nth} is null or ${same})`
  })
  const { rowCount } = await tx.query(
    `update ${table} r set ${columns.map(setOf).join(', ')}
     from unnest(${lists.map((_, nth) => `$${nth + 1}::text[]`).join(', ')}) as x(${names.join(', ')})
     where ${isAt(key)} and ${stands.join(' and ')}`,
    lists,
  )
  return rowCount ?? 0
}

/** The value under the newest key and for its row; undefined where it is not the one that was written for it. */
export const renew = (
  encryption: Pick<FieldEncryption, 'encrypt' | 'decrypt'>,
  { value, place }: StaleValue,
): { plain: string; after: Buffer } | undefined => {
  try {
    const plain = encryption.decrypt(value, place)
    return { plain, after: encryption.encrypt(plain, place) }
  } catch (error) {
    if (error instanceof UnreadableField) return undefined
    throw error
  }
}
