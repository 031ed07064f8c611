import type { Transaction } from '../db/pool.ts'
import {
  ENCRYPTED_FIELDS,
  type EncryptedColumn,
  type EncryptedField,
  listEncryptedFields,
} from './encrypted-fields.ts'
import { mayReadField } from './field-pages.ts'
import { bytesOf } from './field-statements.ts'

export interface KeyUses {
  /** Columns that were looked through. */
  columns: number
  uses: { field: EncryptedField; values: number }[]
  /** Columns that this role of the database may not read. */
  unread: EncryptedField[]
}

/** Where values are that name this key in their head, whether or not they can be read. */
export const listDataKeyUses = async (tx: Transaction, dataKeyId: number): Promise<KeyUses> => {
  const head = dataKeyId.toString(16).padStart(4, '0')
  const found: KeyUses = { columns: 0, uses: [], unread: [] }
  for (const field of listEncryptedFields()) {
    if (!(await mayReadField(tx, field))) {
      found.unread.push(field)
      continue
    }
    const column: EncryptedColumn = ENCRYPTED_FIELDS[field]
    const bytes = bytesOf(column)
    const { rows } = await tx.query<{ values: string }>(
      `select count(*) as values from ${column.table} r
       where octet_length(${bytes}) > 0 and substring(${bytes} from 2 for 2) = '\\x${head}'::bytea`,
    )
    const values = Number(rows[0]?.values ?? 0)
    if (values > 0) found.uses.push({ field, values })
    found.columns += 1
  }
  return found
}
