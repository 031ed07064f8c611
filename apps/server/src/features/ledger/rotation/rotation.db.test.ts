import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asOwner } from '../../../../test/audit-chain.ts'
import { createDivisions, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createTestDatabase } from '../../../../test/test-database.ts'
import { showKeyStatus } from '../../../commands/keys.ts'
import { createPool } from '../../../db/pool.ts'
import type { AppError } from '../../../http/app-error.ts'
import { createTokens } from '../../../http/tokens.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { createFieldEncryption, readHead } from '../../../keys/field-encryption.ts'
import { createMemoryKeyProvider, openFileKeyProvider } from '../../../keys/key-provider.ts'
import { watchKeys } from '../../../keys/key-watch.ts'
import { openKeys } from '../../../keys/known-keys.service.ts'
import { verifyFields } from '../../../keys/verify-fields.ts'
import { verifyAuditChain } from '../audit/verify.service.ts'
import { beginRotation, listRotations, retireDataKey } from './rotation.service.ts'
import { advanceRotations } from './rotation-steps.ts'

let directory: string
let app: TestApp

/** A city whose keys are files; `isOld`: as version 0.2.0 made them, whose values are not for their row. */
const start = async ({ isOld = false } = {}) => {
  directory = mkdtempSync(join(tmpdir(), 'jkb-rotation-'))
  const database = await createTestDatabase()
  const pool = createPool(database.appUrl, 2, 'test')
  await openKeys(pool, directory)
  if (isOld) {
    const path = join(directory, 'keys.json')
    const file = JSON.parse(readFileSync(path, 'utf8'))
    delete file.data[0].isBound
    writeFileSync(path, JSON.stringify(file))
  }
  app = await startTestApp({ database, keys: await openKeys(pool, directory) })
  await pool.end()
  await createDivisions(app)
}

afterEach(async () => {
  await app.close()
  rmSync(directory, { recursive: true })
})

const begin = () => beginRotation(app.parts.pool, directory, { kind: 'data', isLeaked: false })

/** What the loop of the jobs does, as far as it comes by itself. @returns how many steps */
const goOn = async (most = 1_000): Promise<number> => {
  for (let steps = 0; steps < most; steps += 1) {
    await app.parts.keyWatch.lookNow()
    const before = app.parts.keys.currentDataKey().dataKeyId
    const step = await advanceRotations(app.parts)
    await app.parts.keyWatch.lookNow()
    if (step === 'later' && before === app.parts.keys.currentDataKey().dataKeyId) return steps
  }
  return most
}

const readName = async ({ personId }: RegisteredCitizen) => {
  const { rows } = await app.parts.pool.query<{ name_encrypted: Buffer }>(
    'select name_encrypted from persons where person_id = $1',
    [personId],
  )
  const value = rows[0]?.name_encrypted ?? Buffer.alloc(0)
  return {
    head: readHead(value),
    value,
    name: app.parts.encryption.show(value, inRow('persons.name', personId)),
  }
}

const verify = async () => {
  const unreadable: string[] = []
  const report = await verifyFields(app.parts.pool, app.parts.keys, ({ field, row }) =>
    unreadable.push(`${field} ${row}`),
  )
  return { ...report, unreadable }
}

const setName = (of: RegisteredCitizen, value: Buffer, hidden = true) =>
  asOwner(
    app,
    ...(hidden ? ['set session_replication_role = replica'] : []),
    `update persons set name_encrypted = '\\x${value.toString('hex')}' where person_id = ${of.personId}`,
  )

describe('the data key of a city', () => {
  let citizens: RegisteredCitizen[]
  beforeEach(async () => {
    await start()
    citizens = []
    for (let nth = 0; nth < 4; nth += 1) citizens.push(await registerCitizen(app))
  })

  it('is exchanged: every value anew, each readable for its row alone, history intact, then the old one is retired', async () => {
    const [first] = citizens as [RegisteredCitizen]
    const { name, value: before } = await readName(first)
    expect(await begin()).toBe(2)
    // Published is not used: another process might not have it.
    expect(app.parts.keys.currentDataKey().dataKeyId).toBe(1)
    await expect(retireDataKey(app.parts.pool, 1)).rejects.toThrow('no newer one takes its place')
    await goOn()
    expect(await readName(first)).toMatchObject({ name, head: { dataKeyId: 2, isBound: true } })
    const [rotation] = await listRotations(app.parts.pool)
    expect(rotation).toMatchObject({ state: 'ended', left: 0 })
    expect(rotation?.rowsDone).toBe(rotation?.rowsTotal)
    expect(rotation?.rowsTotal).toBeGreaterThanOrEqual(8)
    expect(await verify()).toMatchObject({ unreadable: [], unbound: 0 })
    const { problems } = await verifyAuditChain({
      pool: app.parts.pool,
      keys: app.parts.keys.auditKeys(),
      fieldKeys: app.parts.keys,
    })
    expect(problems).toEqual([])
    await retireDataKey(app.parts.pool, 1)
    await app.parts.keyWatch.lookNow()
    // Put back from a backup: its key is over.
    await setName(first, before)
    expect((await readName(first)).name).toBe('***')
    const { rows } = await app.parts.pool.query<{ action: string }>(
      `select action from audit_entries where object_kind = 'key' order by audit_id`,
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'key.rotation_begun',
      'key.taken_up',
      'key.rotation_ended',
      'key.retired',
    ])
    // The old key is still in the file, for backups of before.
    expect(
      openFileKeyProvider(directory)
        .dataKeys()
        .map(({ dataKeyId }) => dataKeyId),
    ).toEqual([1, 2])
  })

  it('goes on after a kill in the middle, and takes along what is written meanwhile', async () => {
    await begin()
    await goOn(12)
    expect(await listRotations(app.parts.pool)).toMatchObject([{ state: 'running' }])
    await expect(retireDataKey(app.parts.pool, 1)).rejects.toThrow(/still encrypted with data key 1/)
    await expect(begin()).rejects.toThrow('being exchanged already')
    // Another machine that was slow wrote with the old key.
    const [, second] = citizens as [RegisteredCitizen, RegisteredCitizen]
    const { value } = await readName(second)
    await goOn(40)
    await app.parts.pool.query('update persons set name_encrypted = $2 where person_id = $1', [
      second.personId,
      value,
    ])
    const later = await registerCitizen(app)
    expect((await readName(later)).head).toMatchObject({ dataKeyId: 2 })
    await goOn()
    expect(await listRotations(app.parts.pool)).toMatchObject([{ state: 'ended', left: 0 }])
    expect((await readName(second)).head).toMatchObject({ dataKeyId: 2 })
    expect(await verify()).toMatchObject({ unreadable: [] })
    await retireDataKey(app.parts.pool, 1)
  })

  it('is not taken up before every process has it, and a process that lacks it is named', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'jkb-elsewhere-'))
    writeFileSync(join(elsewhere, 'keys.json'), readFileSync(join(directory, 'keys.json')))
    writeFileSync(join(elsewhere, 'audit-keys.json'), readFileSync(join(directory, 'audit-keys.json')))
    const other = openFileKeyProvider(elsewhere)
    const watch = watchKeys({ ...app.parts, keys: other })
    await watch.lookNow()
    await begin()
    expect(await goOn()).toBe(0)
    expect(app.parts.keys.currentDataKey().dataKeyId).toBe(1)
    expect(await showKeyStatus(app.parts.pool)).toContain(
      `lacks data 2: server ${other.databaseMemory().serverId}`,
    )
    // Imported: the file is noticed by the next look, without a restart.
    writeFileSync(join(elsewhere, 'keys.json'), readFileSync(join(directory, 'keys.json')))
    await watch.lookNow()
    await watch.lookNow()
    await goOn(3)
    expect(app.parts.keys.currentDataKey().dataKeyId).toBe(2)
    // It holds the key and writes with the old one until it has looked: nothing is counted as done meanwhile.
    expect(await listRotations(app.parts.pool)).toMatchObject([{ state: 'running', rowsTotal: 0 }])
    await watch.lookNow()
    expect(other.currentDataKey().dataKeyId).toBe(2)
    await goOn()
    expect(await listRotations(app.parts.pool)).toMatchObject([{ state: 'ended' }])
    await watch.stop()
    rmSync(elsewhere, { recursive: true })
  })

  it('leaves what was exchanged between rows, or put back, as it is: reported, never written anew', async () => {
    const [first, second, third] = citizens as [RegisteredCitizen, RegisteredCitizen, RegisteredCitizen]
    const [one, two, three] = [await readName(first), await readName(second), await readName(third)]
    await setName(first, two.value)
    await setName(second, one.value)
    // An older value of the same row: readable, and not what the row said last.
    const older = app.parts.encryption.encrypt('旧名', inRow('persons.name', third.personId))
    await setName(third, older)
    await begin()
    await goOn()
    expect((await readName(first)).value).toEqual(two.value)
    expect((await readName(third)).value).toEqual(older)
    const [rotation] = await listRotations(app.parts.pool)
    expect(rotation?.state).toBe('running')
    expect(rotation?.left).toBeGreaterThanOrEqual(3)
    const status = await showKeyStatus(app.parts.pool)
    expect(status).toContain(`persons.name #${first.personId} unreadable`)
    expect(status).toContain(`persons.name #${third.personId} altered`)
    await expect(retireDataKey(app.parts.pool, 1)).rejects.toThrow(/persons\.name 3/)
    const { rows } = await app.parts.pool.query(`select from incidents where kind = 'field_unreadable'`)
    expect(rows.length).toBeGreaterThan(0)
    // Put right, the next round ends it.
    await setName(first, one.value)
    await setName(second, two.value)
    await setName(third, three.value)
    app.setNow(new Date(Date.now() + 16 * 60_000))
    await goOn()
    expect(await listRotations(app.parts.pool)).toMatchObject([{ state: 'ended', left: 0 }])
    app.setNow(undefined)
    await retireDataKey(app.parts.pool, 1)
  })

  it('is the old one again in a backup of before, with every value readable', async () => {
    const dump = await app.parts.pool.query(
      'select person_id, name_encrypted from persons order by person_id',
    )
    await begin()
    await goOn()
    await retireDataKey(app.parts.pool, 1)
    // The database of before knows neither the new key nor that the old one is retired.
    await asOwner(
      app,
      'set session_replication_role = replica',
      `delete from key_fingerprints where kind = 'data' and key_id = 2`,
      `update key_fingerprints set retired_at = null where kind = 'data'`,
    )
    const restored = await openKeys(app.parts.pool, directory)
    expect(restored.currentDataKey().dataKeyId).toBe(1)
    const reading = createFieldEncryption(restored)
    expect(dump.rows).toHaveLength(4)
    for (const { person_id, name_encrypted } of dump.rows)
      expect(reading.show(name_encrypted, inRow('persons.name', person_id))).not.toBe('***')
  })
})

describe('the secret of tokens', () => {
  beforeEach(() => start())

  const exchange = (isLeaked: boolean) =>
    beginRotation(app.parts.pool, directory, { kind: 'token_secret', isLeaked })
  const codeOf = (token: string): string => {
    try {
      return app.parts.tokens.verify(token).kind
    } catch (error) {
      return (error as AppError).code
    }
  }
  const signDevice = () =>
    app.parts.tokens.signDevice({ deviceId: randomUUID(), pointId: '1', organisation: '测试' })
  const ask = async (headers: RegisteredCitizen['headers']) => {
    const answer = await app.http.inject({ url: '/api/v1/me', headers })
    return answer.statusCode === 200 ? 'answered' : answer.json().code
  }

  it('is exchanged: tokens of before are good until the longest has ended, then refused', async () => {
    const citizen = await registerCitizen(app)
    const device = signDevice()
    expect(await exchange(false)).toBe(1)
    expect(app.parts.keys.tokenSecret()).toBe(app.parts.keys.tokenSecrets()[0]?.secret)
    await goOn()
    expect(app.parts.keys.tokenSecret()).toBe(app.parts.keys.tokenSecrets()[1]?.secret)
    const later = signDevice()
    expect([await ask(citizen.headers), codeOf(device), codeOf(later)]).toEqual([
      'answered',
      'device',
      'device',
    ])
    await expect(exchange(false)).rejects.toThrow('being exchanged already')
    const since = Date.now()
    app.setNow(new Date(since + 30 * 24 * 3_600_000))
    await goOn()
    expect(codeOf(device)).toBe('device')
    app.setNow(new Date(since + 30 * 24 * 3_600_000 + 3_700_000))
    await goOn()
    app.setNow(undefined)
    expect(await listRotations(app.parts.pool)).toMatchObject([{ kind: 'token_secret', state: 'ended' }])
    expect([await ask(citizen.headers), codeOf(device), codeOf(later)]).toEqual([
      'SESSION_EXPIRED',
      'SESSION_REVOKED',
      'device',
    ])
    // A module's page of before asks with the keys that are good now: one, after the old is over.
    expect((await app.http.inject('/api/v1/service-keys')).json().keys).toHaveLength(1)
    expect(await exchange(false)).toBe(2)
  })

  it('that leaked ends as soon as the new one is used; another forged token is still nobody', async () => {
    const citizen = await registerCitizen(app)
    const device = signDevice()
    await exchange(true)
    expect(codeOf(device)).toBe('device')
    await goOn()
    expect([await ask(citizen.headers), codeOf(device)]).toEqual(['SESSION_EXPIRED', 'SESSION_REVOKED'])
    expect(codeOf(signDevice())).toBe('device')
    const foreign = createTokens(createMemoryKeyProvider(), () => app.parts.epochs.state())
    expect(codeOf(foreign.signDevice({ deviceId: randomUUID(), pointId: '1', organisation: '测试' }))).toBe(
      'NOT_SIGNED_IN',
    )
  })
})

describe('a city that began with version 0.2.0', () => {
  beforeEach(() => start({ isOld: true }))

  it('has its values bound to their rows, and refuses unbound ones afterwards', async () => {
    const citizen = await registerCitizen(app)
    const before = await readName(citizen)
    expect(before.head).toEqual({ dataKeyId: 1, isBound: false })
    expect((await verify()).unbound).toBeGreaterThan(3)
    await begin()
    await goOn()
    expect(await readName(citizen)).toMatchObject({
      name: before.name,
      head: { dataKeyId: 2, isBound: true },
    })
    expect(await verify()).toMatchObject({ unreadable: [], unbound: 0 })
    await retireDataKey(app.parts.pool, 1)
    await app.parts.keyWatch.lookNow()
    await setName(citizen, before.value)
    expect((await readName(citizen)).name).toBe('***')
  })

  it('does not bind what was exchanged to the wrong row, behind the triggers or before their eyes', async () => {
    const people = [await registerCitizen(app), await registerCitizen(app), await registerCitizen(app)]
    const [first, second, third] = people as [RegisteredCitizen, RegisteredCitizen, RegisteredCitizen]
    const [one, two] = [await readName(first), await readName(second)]
    await setName(first, two.value)
    // With the triggers on: the version vouches, and says by whose hand.
    await setName(third, one.value, false)
    await begin()
    await goOn()
    const status = await showKeyStatus(app.parts.pool)
    expect(status).toContain(`persons.name #${first.personId} altered`)
    expect(status).toContain(`persons.name #${third.personId} by_hand`)
    expect((await readName(first)).value).toEqual(two.value)
    expect((await readName(third)).value).toEqual(one.value)
    expect((await readName(second)).head).toMatchObject({ dataKeyId: 2 })
    await expect(retireDataKey(app.parts.pool, 1)).rejects.toThrow('nothing was changed')
  })
})
