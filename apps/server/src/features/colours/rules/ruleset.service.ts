import { findRulesInForce, withRetired } from '@jiankangbao/domain/status/rules-in-force'
import type { Ruleset, RulesInForce } from '@jiankangbao/domain/status/ruleset'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { checkDocument } from './check-document.ts'
import { toPolicyRows } from './policies.ts'
import { putPolicies } from './published.queries.ts'

const listDocuments = async (db: Queryable): Promise<Ruleset[]> => {
  const { rows } = await db.query<{ document: Ruleset }>({
    name: 'list-rulesets',
    text: 'select document from rulesets where called_off_at is null',
  })
  return rows.map(({ document }) => document)
}

/**
 * The ruleset in force at `now`, read in the given transaction: a publication counts from its own commit on. With it come the
 * rules of the categories that it retired (docs/adr/0023).
 * @throws Error where none is published: nothing can be evaluated then, and nothing is called green.
 */
export const getRulesetInForce = async (db: Queryable, now: Date): Promise<RulesInForce> => {
  const rules = findRulesInForce(await listDocuments(db), now.getTime())
  if (!rules) throw new Error('no ruleset is in force')
  return rules
}

/** A ruleset with what it would retire if it came into force now. */
export const asIfInForce = async (db: Queryable, ruleset: Ruleset, now: Date): Promise<RulesInForce> => {
  const documents = await listDocuments(db)
  return withRetired(
    ruleset,
    documents.filter(({ effectiveFrom }) => effectiveFrom <= now.getTime()),
  )
}

/**
 * Writes the ruleset that a city begins with, with nobody there whom it would have to reach, and an admission policy for
 * every venue kind; what is there stays.
 */
export const seedReference = async (tx: Transaction, ruleset: Ruleset): Promise<void> => {
  await tx.query(
    `insert into rulesets (ruleset_id, document, effective_from, published_by, applied_at)
     values ($1::text, $2::jsonb, $3::timestamptz, 'installation', now()) on conflict do nothing`,
    [ruleset.id, JSON.stringify(ruleset), new Date(ruleset.effectiveFrom)],
  )
  await putPolicies(tx, toPolicyRows(ruleset.admissionPolicies), false)
}

const insertFirst = (tx: Transaction, ruleset: Ruleset): Promise<unknown> =>
  tx.query(
    `insert into rulesets (ruleset_id, document, effective_from, published_by, applied_at)
     values ($1::text, $2::jsonb, $3::timestamptz, 'installation', now())`,
    [ruleset.id, JSON.stringify(ruleset), new Date(ruleset.effectiveFrom)],
  )

/**
 * The rules that a city begins with: a document, or those of its package. Rules that are there stay, whatever
 * the document says: afterwards they change by draft, dry run and a second person only.
 */
export const installRules = async (
  tx: Transaction,
  document: unknown,
  shipped: Ruleset,
): Promise<{ ok: true; installed: boolean } | { ok: false; problems: string[] }> => {
  if ((await listDocuments(tx)).length > 0) return { ok: true, installed: false }
  if (document === undefined) {
    await seedReference(tx, shipped)
    return { ok: true, installed: true }
  }
  const checked = await checkDocument(tx, document)
  if (!checked.ok)
    return {
      ok: false,
      problems: checked.errors.map((error) => `ruleset: ${JSON.stringify(error)}`),
    }
  if (checked.ruleset.effectiveFrom > Date.now())
    return {
      ok: false,
      problems: [
        'ruleset: effectiveFrom 在将来，建立城市时须有已生效的规则。 ruleset: effectiveFrom is in the future; a city begins with rules that are in force.',
      ],
    }
  await insertFirst(tx, checked.ruleset)
  await putPolicies(tx, toPolicyRows(checked.ruleset.admissionPolicies), false)
  return { ok: true, installed: true }
}
