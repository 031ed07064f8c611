import { decisionToNumber } from '@jiankangbao/domain/decision/coding'
import { DEFAULT_ADMISSION_POLICIES } from '@jiankangbao/domain/decision/default-policies'
import { policyForKind } from '@jiankangbao/domain/decision/policy'
import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { findRulesetInForce, type Ruleset } from '@jiankangbao/domain/status/ruleset'
import { XZ_2022_03 } from '@jiankangbao/domain/status/rulesets/xz-2022-03'
import type { Queryable, Transaction } from '../../db/pool.ts'

/**
 * The ruleset in force at `now`, read in the given transaction: a publication counts from its own commit on.
 * @throws Error where none is published: nothing can be evaluated then, and nothing is called green.
 */
export const getRulesetInForce = async (db: Queryable, now: Date): Promise<Ruleset> => {
  const { rows } = await db.query<{ document: Ruleset }>({
    name: 'list-rulesets',
    text: 'select document from rulesets',
  })
  const ruleset = findRulesetInForce(
    rows.map(({ document }) => document),
    now.getTime(),
  )
  if (!ruleset) throw new Error('no ruleset is in force')
  return ruleset
}

/**
 * Writes the default ruleset and an admission policy for every venue kind; what is there stays. Entry channels do not
 * ask for entry registration yet (docs/adr/0007): nobody could meet it before travellers can register their entry.
 */
export const seedReference = async (tx: Transaction): Promise<void> => {
  await tx.query(
    `insert into rulesets (ruleset_id, document, effective_from, published_by) values ($1::text, $2::jsonb, $3::timestamptz, 'installation')
     on conflict do nothing`,
    [XZ_2022_03.id, JSON.stringify(XZ_2022_03), new Date(XZ_2022_03.effectiveFrom)],
  )
  for (const kind of VENUE_KINDS) {
    const policy = policyForKind(DEFAULT_ADMISSION_POLICIES, kind)
    await tx.query(
      `insert into admission_policies (kind, on_green, on_yellow, on_red, on_none, test_max_age_hours, requires_entry_registration, max_evaluation_age_hours)
       values ($1::text, $2::smallint, $3::smallint, $4::smallint, $5::smallint, $6::smallint, $7::boolean, $8::int) on conflict do nothing`,
      [
        kind,
        decisionToNumber(policy.onGreen),
        decisionToNumber(policy.onYellow),
        decisionToNumber(policy.onRed),
        decisionToNumber(policy.onNone),
        policy.testMaxAgeHours,
        policy.requiresEntryRegistration,
        policy.maxEvaluationAgeHours,
      ],
    )
  }
}
