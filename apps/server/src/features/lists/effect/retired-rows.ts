import { isRetired } from '@jiankangbao/domain/status/ruleset'
import type { Queryable } from '../../../db/pool.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import { countCategories } from '../store/staging.queries.ts'

/** How many rows of a list are of a category that was retired after the list was checked. */
export const countRetiredRows = async (
  db: Queryable,
  { import_id, kind }: Pick<ImportRecord, 'import_id' | 'kind'>,
  now: Date,
): Promise<number> => {
  if (kind !== 'findings' && kind !== 'home_monitoring') return 0
  const ruleset = await getRulesetInForce(db, now)
  return (await countCategories(db, import_id))
    .filter(({ category }) => isRetired(ruleset, category))
    .reduce((sum, { rows }) => sum + rows, 0)
}
