import type { Queryable } from '../db/pool.ts'
import { type EncryptedField, inStoredRow, listEncryptedFields } from './encrypted-fields.ts'
import { createFieldEncryption, readHead, UnreadableField } from './field-encryption.ts'
import { mayReadField, openFieldPages } from './field-pages.ts'
import type { KeyProvider } from './key-provider.ts'

const PAGE = 1_000

export interface FieldsReport {
  /** Values read. */
  values: number
  /** Values of version 0.2.0's keys, which are bound to their column and not to their row yet. */
  unbound: number
  /** Columns that this role of the database may not read. */
  unread: EncryptedField[]
}

/**
 * Reads every encrypted value of the city with its keys: one that is not the one written for its row is named.
 * @param tell hears of each that can not be read
 */
export const verifyFields = async (
  db: Queryable,
  keys: Pick<KeyProvider, 'currentDataKey' | 'findDataKey' | 'blindIndexKey'>,
  tell: (problem: { field: EncryptedField; row: string }) => void,
): Promise<FieldsReport> => {
  const encryption = createFieldEncryption(keys)
  const report: FieldsReport = { values: 0, unbound: 0, unread: [] }
  const isReadable = (field: EncryptedField, row: string, value: Buffer): boolean => {
    try {
      encryption.decrypt(value, inStoredRow(field, row))
      return true
    } catch (error) {
      if (error instanceof UnreadableField) return false
      throw error
    }
  }
  for (const field of listEncryptedFields()) {
    if (!(await mayReadField(db, field))) {
      report.unread.push(field)
      continue
    }
    const pages = await openFieldPages(db, field)
    for (let after: string[] | undefined; ; ) {
      const page = await pages.next(after, PAGE)
      for (const { row, value } of page) {
        if (!isReadable(field, row, value)) tell({ field, row })
        else if (readHead(value)?.isBound === false) report.unbound += 1
      }
      report.values += page.length
      after = page.at(-1)?.position
      if (page.length < PAGE) break
    }
  }
  return report
}
