import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDivisions, makePhone, registerCitizen } from '../../test/factories.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { exportKeys, importKeys } from '../commands/keys.ts'
import { readConfig } from '../config.ts'
import { createPool, type Pool } from '../db/pool.ts'
import { createServerReadiness } from '../readiness/server-readiness.ts'
import { inRow } from './encrypted-fields.ts'
import { createFieldEncryption } from './field-encryption.ts'
import { makeKeyFiles, openFileKeyProvider } from './key-provider.ts'
import { findKeyFault, openKeys, rotateKnownAuditKey, rotateKnownSigningKey } from './known-keys.service.ts'

const work = mkdtempSync(join(tmpdir(), 'jkb-known-keys-'))
afterAll(() => rmSync(work, { recursive: true }))

let machines = 0
/** The data directory of another machine, not made yet. */
const machine = () => join(work, `machine-${++machines}`)
const FILES = ['keys.json', 'audit-keys.json']
const filesOf = (directory: string) =>
  FILES.map((name) => (existsSync(join(directory, name)) ? readFileSync(join(directory, name), 'utf8') : ''))

const databases: TestDatabase[] = []
const pools: Pool[] = []
const createPoolOfNewDatabase = async () => {
  const database = await createTestDatabase()
  databases.push(database)
  const pool = createPool(database.appUrl, 8, 'test')
  pools.push(pool)
  return { database, pool }
}
afterAll(async () => {
  for (const pool of pools) await pool.end()
  for (const database of databases) await database.drop()
})

describe('a database and its keys', () => {
  let pool: Pool
  let database: TestDatabase
  let first: string
  beforeEach(async () => {
    ;({ pool, database } = await createPoolOfNewDatabase())
    first = machine()
    await openKeys(pool, first)
  })

  it('makes every kind of key once, for its owner only, in a directory that is closed to others', async () => {
    expect(filesOf(first).every((text) => text !== '')).toBe(true)
    expect(statSync(first).mode & 0o777).toBe(0o700)
    for (const name of FILES) expect(statSync(join(first, name)).mode & 0o777).toBe(0o600)
    const before = filesOf(first)
    await openKeys(pool, first)
    expect(filesOf(first)).toEqual(before)
    const { rows } = await pool.query<{ kind: string }>('select kind from key_fingerprints order by kind')
    expect(rows.map(({ kind }) => kind)).toEqual([
      'audit',
      'blind_index',
      'data',
      'signing',
      'token_secret',
      'venue_code',
    ])
    await expect(pool.query(`update key_fingerprints set key_id = 7`)).rejects.toThrow('permission denied')
    await expect(pool.query(`delete from key_fingerprints`)).rejects.toThrow('permission denied')
  })

  it('refuses a second machine with an empty directory, makes nothing there, and says how to bring the keys', async () => {
    const second = machine()
    await expect(openKeys(pool, second)).rejects.toThrow(/数据库已有自己的密钥[\s\S]*jkb keys import/)
    expect(filesOf(second)).toEqual(['', ''])
  })

  it('refuses a second machine that has made its own keys, whichever of them differs', async () => {
    const second = machine()
    await openKeys((await createPoolOfNewDatabase()).pool, second)
    await expect(openKeys(pool, second)).rejects.toThrow(
      /不是此数据库的密钥[\s\S]*not those of this database/,
    )
    const [own = '', audit = ''] = filesOf(second)
    const right = JSON.parse(filesOf(first)[0] ?? '')
    for (const kind of ['signing', 'data', 'blindIndex', 'venueCode', 'tokenSecret']) {
      writeFileSync(join(second, 'keys.json'), JSON.stringify({ ...right, [kind]: JSON.parse(own)[kind] }))
      writeFileSync(join(second, 'audit-keys.json'), filesOf(first)[1] ?? '')
      await expect(openKeys(pool, second), kind).rejects.toThrow('not those of this database')
    }
    writeFileSync(join(second, 'keys.json'), JSON.stringify(right))
    writeFileSync(join(second, 'audit-keys.json'), audit)
    await expect(openKeys(pool, second)).rejects.toThrow('audit 1')
  })

  it('lets exactly one of several machines make the keys that begin at once', async () => {
    const { pool: empty } = await createPoolOfNewDatabase()
    const starting = Array.from({ length: 6 }, machine)
    const ends = await Promise.allSettled(starting.map((directory) => openKeys(empty, directory)))
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(starting.filter((directory) => existsSync(join(directory, 'keys.json')))).toHaveLength(1)
  })

  it('never makes keys for a database with people in it that knows none yet', async () => {
    const keys = openFileKeyProvider(first)
    const app = await startTestApp({ keys })
    await registerCitizen(app)
    const second = machine()
    await expect(openKeys(app.parts.pool, second)).rejects.toThrow('in this database has its own'.slice(8))
    makeKeyFiles(second)
    await expect(openKeys(app.parts.pool, second)).rejects.toThrow('not those of this database')
    // Those that can read it become its own.
    await openKeys(app.parts.pool, first)
    expect((await app.http.inject('/readyz')).json()).toEqual({ status: 'ready' })
    await expect(openKeys(app.parts.pool, second)).rejects.toThrow('not those of this database')
    await app.close()
  })

  it('knows rotated keys, and refuses a machine that lacks them from the moment they are used', async () => {
    const second = machine()
    const config = (directory: string) =>
      readConfig({ DATABASE_URL: database.appUrl, DATA_DIRECTORY: directory })
    const passphrase = join(work, 'passphrase')
    writeFileSync(passphrase, 'a passphrase to carry keys\n')
    const carry = async (name: string) => {
      const file = join(work, `${machines}-${name}`)
      const args = ['--passphrase-file', passphrase]
      await exportKeys(config(first), pool, ['--out', file, ...args])
      return importKeys(config(second), pool, ['--file', file, ...args])
    }
    await carry('first')
    const unaware = openFileKeyProvider(second)
    expect(await rotateKnownSigningKey(pool, first, 3_600_000)).toBe(2)
    await openKeys(pool, first)
    await openKeys(pool, second)
    const soon = new Date(Date.now() + 3_600_001)
    expect(await findKeyFault(pool, unaware, new Date())).toBe('')
    expect(await findKeyFault(pool, unaware, soon)).toContain('signing 2')
    const { close, reasons } = createServerReadiness({
      ...{
        config: config(second),
        pool,
        keys: unaware,
        clock: () => soon,
        epochs: { suspended: () => undefined },
      },
    })
    expect((await reasons()).map(({ code }) => code)).toContain('KEYS_DIFFER')
    await close()
    await expect(openKeys(pool, second, () => soon)).rejects.toThrow('rotated elsewhere')
    // Two second keys would sign two kinds of code under one number.
    const before = filesOf(second)
    for (const rotate of [
      () => rotateKnownSigningKey(pool, second, 0),
      () => rotateKnownAuditKey(pool, second),
    ])
      await expect(rotate()).rejects.toThrow('rotated elsewhere')
    expect(filesOf(second)).toEqual(before)
    expect(await carry('second')).toContain('已导入')
    expect(await rotateKnownAuditKey(pool, second)).toBe(2)
    await expect(openKeys(pool, first)).rejects.toThrow('audit 2')
  })
})

describe('keys carried to another machine', () => {
  let app: TestApp
  let first: string
  const passphrase = join(work, 'carried-passphrase')
  const wrong = join(work, 'wrong-passphrase')
  const config = (directory: string) =>
    readConfig({ DATABASE_URL: app.database.appUrl, DATA_DIRECTORY: directory })
  const exported = join(work, 'exported.json')
  const take = (directory: string, file = exported, by = passphrase) =>
    importKeys(config(directory), app.parts.pool, ['--file', file, '--passphrase-file', by])

  beforeAll(async () => {
    first = machine()
    const { pool } = await createPoolOfNewDatabase()
    app = await startTestApp({ keys: await openKeys(pool, first) })
    await createDivisions(app)
    await registerCitizen(app)
    await openKeys(app.parts.pool, first)
    writeFileSync(passphrase, 'correct horse battery')
    writeFileSync(wrong, 'correct horse battery!')
    await exportKeys(config(first), app.parts.pool, ['--out', exported, '--passphrase-file', passphrase])
  })
  afterAll(() => app.close())

  it('are one file for its owner that tells nothing without the passphrase and replaces no other file', async () => {
    expect(statSync(exported).mode & 0o777).toBe(0o600)
    const text = readFileSync(exported, 'utf8')
    const { blindIndex, tokenSecret } = JSON.parse(filesOf(first)[0] ?? '')
    expect(text).not.toContain(blindIndex)
    expect(text).not.toContain(tokenSecret)
    const again = exportKeys(config(first), app.parts.pool, [
      '--out',
      exported,
      '--passphrase-file',
      passphrase,
    ])
    await expect(again).rejects.toThrow('EEXIST')
    expect(readFileSync(exported, 'utf8')).toBe(text)
    writeFileSync(join(work, 'short'), 'short')
    const short = ['--out', join(work, 'never'), '--passphrase-file', join(work, 'short')]
    await expect(exportKeys(config(first), app.parts.pool, short)).rejects.toThrow('at least 12')
    expect(existsSync(join(work, 'never'))).toBe(false)
  })

  it('make a second machine the same city: equal indexes, readable values, once more changes nothing', async () => {
    const second = machine()
    expect(await take(second)).toContain('已导入')
    expect(await take(second)).toContain('nothing was changed')
    const [here, there] = [first, second].map((directory) =>
      createFieldEncryption(openFileKeyProvider(directory)),
    )
    const phone = makePhone()
    expect(
      here?.blindIndex('phone', phone).equals(there?.blindIndex('phone', phone) ?? Buffer.alloc(0)),
    ).toBe(true)
    const name = inRow('persons.name', '1')
    expect(there?.decrypt(here?.encrypt('张三', name) ?? Buffer.alloc(0), name)).toBe('张三')
    await openKeys(app.parts.pool, second)
    expect(filesOf(second).map((text) => JSON.parse(text))).toEqual(
      filesOf(first).map((text) => JSON.parse(text)),
    )
    expect(statSync(join(second, 'keys.json')).mode & 0o777).toBe(0o600)
  })

  it('say what is wrong, each in its own words, and leave the machine as it was', async () => {
    const second = machine()
    await expect(take(second, exported, wrong)).rejects.toThrow(/口令不对/)
    const text = readFileSync(exported, 'utf8')
    const damaged = join(work, 'damaged')
    for (const bad of [
      text.slice(0, -40),
      text.replace(/"text": "(....)/, (_, head) => `"text": "${head === 'AAAA' ? 'BBBB' : 'AAAA'}`),
      text.replace('"p": 1', '"p": 2'),
      text.replace(/"N": \d+/, '"N": 16'),
      '',
    ]) {
      writeFileSync(damaged, bad)
      await expect(take(second, damaged)).rejects.toThrow('damaged or incomplete')
    }
    for (const bad of ['{}', '{"format":"other"}', '[]', '7']) {
      writeFileSync(damaged, bad)
      await expect(take(second, damaged), bad).rejects.toThrow('no file that jkb keys export made')
    }
    const otherCity = machine()
    const { pool, database } = await createPoolOfNewDatabase()
    await openKeys(pool, otherCity)
    const others = join(work, 'others')
    await exportKeys(readConfig({ DATABASE_URL: database.appUrl, DATA_DIRECTORY: otherCity }), pool, [
      ...['--out', others, '--passphrase-file', passphrase],
    ])
    await expect(take(second, others)).rejects.toThrow('not those of this database')
    expect(filesOf(second)).toEqual(['', ''])
    const before = filesOf(otherCity)
    await expect(take(otherCity)).rejects.toThrow('There are other keys in')
    expect(filesOf(otherCity)).toEqual(before)
  })
})
