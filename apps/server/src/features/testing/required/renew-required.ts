import { divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import type { Parts } from '../../../parts.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import * as queries from './renew.queries.ts'
import { askingRulesOf } from './wanted-people.ts'

/**
 * Who has to be tested by when, by the rules in force and the rounds that are over: meets, calls off, asks. Again changes nothing,
 * and no colour ever.
 */
export const renewRequiredTests = ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> =>
  inTransaction(pool, async (tx) => {
    const now = clock()
    const ruleset = await getRulesetInForce(tx, now)
    const asking: queries.Asking = {
      rules: askingRulesOf(ruleset),
      rulesetId: ruleset.id,
      cityPrefix: divisionPrefix(config.city.divisionCode),
      now,
    }
    await queries.meetRequired(tx, now)
    await queries.followRounds(tx)
    await queries.takeOverRounds(tx, now)
    await queries.callOffRequired(tx, asking)
    await queries.recountRequired(tx, asking)
    await queries.askRequired(tx, asking)
  })

export const purgeRequiredTests = async ({
  pool,
  clock,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'config'>): Promise<void> => {
  const before = new Date(clock().getTime() - config.retentionDays.samples * 86_400_000)
  await purgeInBatches(pool, queries.OLD_REQUIRED, before)
}
