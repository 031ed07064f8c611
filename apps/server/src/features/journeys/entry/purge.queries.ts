import type { Transaction } from '../../../db/pool.ts'

/** Deletes entry registrations with everything that hangs on them. */
export const deleteRegistrations = async (tx: Transaction, entryIds: string[]): Promise<void> => {
  await tx.query('delete from entry_registrations where entry_id = any($1::uuid[])', [entryIds])
}
