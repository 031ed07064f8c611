import { randomUUID } from 'node:crypto'
import type { CityProfile } from '@jiankangbao/city/city-profile'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { Transaction } from '../../db/pool.ts'
import { askRequired } from '../../features/testing/required/renew.queries.ts'
import { askingRulesOf } from '../../features/testing/required/wanted-people.ts'
import { putRoster } from '../../features/testing/round/roster.queries.ts'
import type { SeedPerson } from './people.ts'

const WORKERS = 6
const DAY_MS = 86_400_000

/** A cold store in the first district with an office: its people were asked for a test some days ago and did not come. */
export const insertRequiredTests = async (
  tx: Transaction,
  { ruleset, division, demonstration }: CityProfile,
  people: readonly SeedPerson[],
  personIds: readonly string[],
  operatorIds: ReadonlyMap<string, string>,
): Promise<void> => {
  const [rule] = askingRulesOf(ruleset).filter(({ post }) => post)
  const [office] = demonstration.offices
  if (!rule || !office) return
  const workers = personIds.filter((_, index) => {
    const person = people[index]
    return person?.phone && person.tests.length === 0 && person.findings.length === 0
  })
  const asked = new Date(Date.now() - (rule.days + 2) * DAY_MS)
  await putRoster(tx, {
    divisionCode: office.division,
    kind: 'workplace',
    name: '示例冷库',
    personIds: workers.slice(-WORKERS),
    by: operatorIds.get(office.username) ?? '',
    at: asked,
    requestId: randomUUID(),
    post: rule.rule,
  })
  await askRequired(tx, {
    rules: [rule],
    rulesetId: ruleset.id,
    cityPrefix: divisionPrefix(division),
    now: asked,
  })
}
