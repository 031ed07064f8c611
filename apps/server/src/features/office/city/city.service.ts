import type { CityProfile as CityPackage } from '@jiankangbao/city/city-profile'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { inTransaction, type Pool, type Queryable, type Transaction } from '../../../db/pool.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { insertDivisions } from '../../city/place/division.queries.ts'
import { installRules } from '../../colours/rules/ruleset.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { acceptHistory } from '../../ledger/audit/seal.service.ts'
import { createActivation, type MadeActivation } from '../../people/operator/activation.service.ts'
import { makeNobodysSecrets } from '../../people/operator/credentials.ts'
import { insertOperator } from '../../people/operator/operator.queries.ts'
import * as queries from './city.queries.ts'
import { type CityProfile, toDivisions } from './profile.ts'

/** Why no city was made: one line for each reason, in both languages. */
export class CityRefused extends Error {
  override name = 'CityRefused'

  constructor(readonly problems: string[]) {
    super(problems.join('\n'))
  }
}

export interface CreatedCity {
  /** Of divisions; rules and administrators that were there already are not counted either. */
  newDivisions: number
  newRules: boolean
  activations: (MadeActivation & { username: string })[]
}

const requireSame = (there: queries.CityRow, profile: CityProfile): void => {
  const differing = [
    [there.division_code, profile.division, 'division'],
    [there.name_zh, profile.name.zh, 'name.zh'],
    [there.name_en, profile.name.en, 'name.en'],
    [there.hotline, profile.hotline, 'hotline'],
  ].filter(([before, now]) => before !== now)
  if (differing.length > 0)
    throw new CityRefused(
      differing.map(
        ([before, now, name]) =>
          `此数据库的城市已建立，${name} 为 ${before}，与文件中的 ${now} 不同，未作改动。 The city of this database exists already with ${name} ${before}, not ${now}; nothing was changed.`,
      ),
    )
}

/** A demonstration's people, doors and passwords would live on in the real city. */
const requireNoDemonstration = async (db: Queryable, there: queries.CityRow | undefined): Promise<void> => {
  const traces = await queries.findDemonstrationTraces(db, [])
  if (there?.kind === 'demonstration' || traces.division || traces.partners.length > 0)
    throw new CityRefused([
      '此数据库中是演示城市，口令众所周知，不能改作真实城市。请新建一个空数据库，执行 jkb db migrate 后再建立。 This database holds a demonstration whose passwords everybody knows; it never becomes a real city. Make an empty database, run jkb db migrate, and create the city there.',
    ])
}

/** An administrator who sets password and second factor by the code that is returned; none where the name is there already. */
export const addAdministrator = async (
  tx: Transaction,
  encryption: FieldEncryption,
  administrator: CityProfile['administrators'][number],
  { divisionCode, now }: { divisionCode: string; now: Date },
): Promise<CreatedCity['activations']> => {
  const { username } = administrator
  if (await queries.findOperatorId(tx, username)) return []
  const secrets = await makeNobodysSecrets(encryption)
  const operatorId = await insertOperator(tx, {
    ...administrator,
    roles: ['sysadmin'],
    divisionCode,
    ...secrets,
    mustChangePassword: true,
    requestId: null,
  })
  await writeAudit(tx, {
    actor: { kind: 'command' },
    action: 'operator.created',
    objectKind: 'operator',
    objectId: operatorId,
    details: { roles: ['sysadmin'], divisionCode },
  })
  return [
    {
      username,
      ...(await createActivation(tx, encryption, { operatorId, username }, { madeBy: null, now })),
    },
  ]
}

/**
 * Makes a real city of an empty database: what it is, its divisions, rules and policies, and its first administrators, who
 * set password and second factor themselves. All of it or nothing; a repeat adds what is missing and changes nothing else.
 * @param pool as owner: divisions are not the server's to write
 * @throws CityRefused over a demonstration, or where the city is there under another name
 */
export const createCity = async (
  { pool, encryption }: { pool: Pool; encryption: FieldEncryption },
  profile: CityProfile,
  /** The rules of a city whose profile brings none. */
  shipped: Ruleset,
  now: Date,
): Promise<CreatedCity> => {
  return inTransaction(pool, async (tx) => {
    await queries.lockCity(tx)
    const there = await queries.findCity(tx)
    await requireNoDemonstration(tx, there)
    if (there) requireSame(there, profile)
    const newDivisions = await insertDivisions(tx, toDivisions(profile))
    if (!there) {
      await queries.insertCity(tx, {
        kind: 'real',
        division_code: profile.division,
        name_zh: profile.name.zh,
        name_en: profile.name.en,
        hotline: profile.hotline,
      })
      await writeAudit(tx, {
        actor: { kind: 'command' },
        action: 'city.created',
        objectKind: 'city',
        objectId: profile.division,
        details: { name: profile.name.zh },
      })
    }
    const rules = await installRules(tx, profile.ruleset, shipped)
    if (!rules.ok) throw new CityRefused(rules.problems)
    const activations = []
    for (const administrator of profile.administrators)
      activations.push(
        ...(await addAdministrator(tx, encryption, administrator, {
          divisionCode: profile.division,
          now,
        })),
      )
    // As owner: a verification would ask by whom.
    if (activations.length > 0) await acceptHistory(tx, 'jkb city create')
    return { newDivisions, newRules: rules.installed, activations }
  })
}

/** Says once and for ever that this is a demonstration. @throws CityRefused in a real city */
export const recordDemonstration = async (
  tx: Transaction,
  city: Pick<CityPackage, 'division' | 'name' | 'hotline'>,
): Promise<void> => {
  await queries.lockCity(tx)
  const there = await queries.findCity(tx)
  if (there?.kind === 'real')
    throw new CityRefused([
      `此数据库是真实城市 ${there.name_zh}，不能生成演示数据。 This database is the real city ${there.name_en}: no demonstration is made in it.`,
    ])
  if (there) return
  await queries.insertCity(tx, {
    kind: 'demonstration',
    division_code: city.division,
    name_zh: city.name.zh,
    name_en: city.name.en,
    hotline: city.hotline,
  })
}
