import { findFaultsOfChanges } from '@jiankangbao/domain/place/divisions'
import { type SchemaError, schemaError } from '@jiankangbao/domain/status/json-schema'
import { parseRuleset } from '@jiankangbao/domain/status/parse-ruleset'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import type { Queryable } from '../../../db/pool.ts'
import { findDocument } from './published.queries.ts'

// Characters that the database can not keep: null, and halves of a pair without the other.
const UNKEEPABLE = /(^|[^\\])(\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/

/** A document from outside: the ruleset, or everything that is wrong with it and where. */
export const checkDocument = async (
  db: Queryable,
  document: unknown,
): Promise<{ ok: true; ruleset: Ruleset } | { ok: false; errors: SchemaError[] }> => {
  const parsed = parseRuleset(document)
  if (!parsed.ok) return parsed
  if (UNKEEPABLE.test(JSON.stringify(document))) return { ok: false, errors: [schemaError('', 'characters')] }
  const faults = findFaultsOfChanges(parsed.ruleset.divisions ?? {})
  if (faults.length > 0)
    return { ok: false, errors: faults.map(({ path, fault }) => schemaError(`/divisions${path}`, fault)) }
  if (await findDocument(db, parsed.ruleset.id))
    return { ok: false, errors: [schemaError('/id', 'published')] }
  return parsed
}
