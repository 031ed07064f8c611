import type { Parts } from '../../../parts.ts'
import { LIST_KINDS } from '../kinds/kinds.ts'
import type { ImportRecord, StoredImpact } from '../store/import.queries.ts'
import { countCategories, countStaged } from '../store/staging.queries.ts'
import { renewWork, type Work } from '../store/work.queries.ts'

/**
 * What the staged rows would do, by the rules and people of now.
 * @returns undefined where the work was cancelled, or another process has it
 */
export const countEffect = async (
  { pool, clock }: Pick<Parts, 'pool' | 'clock'>,
  work: Work,
  record: ImportRecord,
): Promise<StoredImpact | undefined> => {
  const { persons, unregistered } = await countStaged(pool, work.importId)
  const onPersons = (done: number) => renewWork(pool, work, { stage: 'comparing', done, total: persons })
  const its = await LIST_KINDS[record.kind].count(pool, record, clock(), onPersons)
  if (!its) return undefined
  const categories = await countCategories(pool, work.importId)
  return { persons, unregistered, known: 0, categories, ...its }
}
