import type { Queryable } from '../db/pool.ts'
import { ENCRYPTED_FIELDS, type EncryptedColumn, type EncryptedField } from './encrypted-fields.ts'
import { beyond, bytesOf, keyOf, orderOf, positionOf, readPrimaryKey } from './field-statements.ts'

/** An encrypted value where it stands. */
export interface StoredField {
  /** The primary key of its row, as text. */
  position: string[]
  /** The key for which it was encrypted. */
  row: string
  value: Buffer
}

/** Walks one encrypted column in the order of its rows' primary key. */
export const openFieldPages = async (db: Queryable, field: EncryptedField) => {
  const column: EncryptedColumn = ENCRYPTED_FIELDS[field]
  const key = await readPrimaryKey(db, column.table)
  const value = bytesOf(column)
  return {
    /** Values after this position; nothing was encrypted where a value is empty. */
    next: async (after: readonly string[] | undefined, limit: number): Promise<StoredField[]> =>
      (
        await db.query<StoredField>(
          `select ${positionOf(key)} as position, ${keyOf(column)} as row, ${value} as value from ${column.table} r
           where octet_length(${value}) > 0 ${after ? `and ${beyond(key, 2)}` : ''} order by ${orderOf(key)} limit $1::int`,
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
