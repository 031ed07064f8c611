import { inTransaction, type Pool } from '../../../db/pool.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import * as queries from './city.queries.ts'
import { addAdministrator, CityRefused, type CreatedCity } from './city.service.ts'

/** An administrator who signed in within this time is somebody who can help. */
const SILENT_DAYS = 30
const MOST_NAMED = 5

/**
 * Two administrators for a city that has none left who can sign in. Each gets a code of their own; they decide nothing for a
 * day, as everybody who has just begun. It stands in the audit log and before those who watch.
 * @throws CityRefused where there is no real city, where an administrator is there, or where a name is taken
 */
export const recoverCity = (
  { pool, encryption }: { pool: Pool; encryption: FieldEncryption },
  usernames: readonly [string, string],
  now: Date,
): Promise<CreatedCity['activations']> =>
  inTransaction(pool, async (tx) => {
    await queries.lockCity(tx)
    const city = await queries.findCity(tx)
    if (city?.kind !== 'real')
      throw new CityRefused(['此数据库中没有真实城市。 There is no real city in this database.'])
    const since = new Date(now.getTime() - SILENT_DAYS * 86_400_000)
    const present = await queries.listAdministratorsSince(tx, since)
    if (present.length > 0)
      throw new CityRefused([
        `还有管理员在用：${present.slice(0, MOST_NAMED).join('、')}（${SILENT_DAYS} 天内登录过）。请由他们在控制台提出申请。 There are administrators who signed in within ${SILENT_DAYS} days (${present.slice(0, MOST_NAMED).join(', ')}): let them propose it in the console.`,
      ])
    const activations = []
    for (const username of usernames) {
      const person = { username, displayName: `应急管理员 ${username}`, organisation: city.name_zh }
      const made = await addAdministrator(tx, encryption, person, { divisionCode: city.division_code, now })
      if (made.length === 0)
        throw new CityRefused([`用户名 ${username} 已有人使用。 The name ${username} is taken.`])
      activations.push(...made)
    }
    await writeAudit(tx, {
      actor: { kind: 'command' },
      action: 'city.recovered',
      objectKind: 'city',
      objectId: city.division_code,
      details: { usernames },
    })
    await raiseIncident(tx, {
      kind: 'operators_recovered',
      subject: `city:${now.toISOString()}`,
      divisionCode: city.division_code,
      details: { count: activations.length, names: usernames.join(', ') },
      at: now,
    })
    return activations
  })
