import { verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asOwner, beginChain, sealAll, writeEntries } from '../../../../test/audit-chain.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { sealHash, sealText } from './canonical.ts'
import { findLastSeal, isOldest, listSeals } from './seal.queries.ts'
import {
  AuditHeadLost,
  acceptAuditHead,
  markSealingLimit,
  readKeptHead,
  sealThrough,
} from './seal.service.ts'
import { verifyAuditChain } from './verify.service.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await beginChain(app)
})
afterAll(() => app.close())

const verifyChain = () => verifyAuditChain({ pool: app.parts.pool, keys: app.parts.keys.auditKeys() })

describe('sealing', () => {
  it('seals what is there, once, and chains the seals', async () => {
    await writeEntries(app, 3)
    expect(await sealAll(app)).toBe(3)
    expect(await sealAll(app)).toBe(0)
    const first = await findLastSeal(app.parts.pool)
    await writeEntries(app, 2)
    expect(await sealAll(app)).toBe(2)
    const second = await findLastSeal(app.parts.pool)
    if (!first || !second) throw new Error('no seal')
    expect(second).toMatchObject({
      sequence: String(Number(first.sequence) + 1),
      fromId: String(Number(first.toId) + 1),
      entryCount: 2,
      previousHash: sealHash(first),
    })
    const [key] = app.parts.keys.auditKeys().publicKeys()
    expect(key && verify(null, Buffer.from(sealText(second)), key.publicKey, second.signature)).toBe(true)
    expect(await verifyChain()).toMatchObject({ intact: true, entries: 5, unsealed: 0 })
  })

  it('waits for a transaction that took an earlier id and commits late', async () => {
    await sealAll(app)
    const before = await findLastSeal(app.parts.pool)
    const late = await app.parts.pool.connect()
    await late.query('begin')
    await late.query(
      `insert into audit_entries (actor_kind, action, object_kind) values ('system', 'test.late', 'test')`,
    )
    await writeEntries(app, 2, 'test.early')
    const limit = await markSealingLimit(app.parts.pool)
    for (let tries = 0; tries < 3; tries += 1) expect(await sealThrough(app.parts, limit)).toBeUndefined()
    expect(await findLastSeal(app.parts.pool)).toEqual(before)
    await late.query('commit')
    late.release()
    expect(await sealAll(app)).toBe(3)
    expect(await verifyChain()).toMatchObject({ intact: true, unsealed: 0 })
  })

  // The id is taken first, the row is made 0.6 s later: without the trigger this would have no transaction id meanwhile.
  it('waits even for a transaction that has an id and no row yet', async () => {
    await sealAll(app)
    const late = await app.parts.pool.connect()
    const before = await late.query(`select last_value from audit_entries_audit_id_seq`)
    const inserting = late.query(
      `insert into audit_entries (actor_kind, action, object_kind) values ('system', 'test.slow', (select 'test' from pg_sleep(0.6)))`,
    )
    await expect
      .poll(
        async () => (await app.parts.pool.query(`select last_value from audit_entries_audit_id_seq`)).rows,
      )
      .not.toEqual(before.rows)
    await writeEntries(app, 1, 'test.early')
    const limit = await markSealingLimit(app.parts.pool)
    expect(await sealThrough(app.parts, limit)).toBeUndefined()
    await inserting
    late.release()
    expect(await sealAll(app)).toBe(2)
    expect(await verifyChain()).toMatchObject({ intact: true, unsealed: 0 })
  })

  it('takes ids of rolled back transactions for what they are: nobody’s', async () => {
    const { pool } = app.parts
    const client = await pool.connect()
    await client.query('begin')
    await client.query(
      `insert into audit_entries (actor_kind, action, object_kind) values ('system', 'test.undone', 'test')`,
    )
    await client.query('rollback')
    client.release()
    expect(await sealAll(app)).toBe(0)
    await writeEntries(app, 1)
    expect(await sealAll(app)).toBe(1)
    expect(await verifyChain()).toMatchObject({ intact: true, unsealed: 0 })
  })

  it('survives several sealers and writers at once', async () => {
    await Promise.all([
      ...Array.from({ length: 4 }, () => writeEntries(app, 15)),
      ...Array.from({ length: 4 }, async () => {
        for (let round = 0; round < 4; round += 1) await sealAll(app)
      }),
    ])
    await sealAll(app)
    const report = await verifyChain()
    expect(report).toMatchObject({ intact: true, unsealed: 0 })
    const { rows } = await app.parts.pool.query(`select count(*)::int as entries from audit_entries`)
    expect(report.entries).toBe(rows[0]?.entries)
  })

  it('lets one of several sealers seal, and none of them fail', async () => {
    await sealAll(app)
    await writeEntries(app, 10)
    const limit = await markSealingLimit(app.parts.pool)
    await expect.poll(() => isOldest(app.parts.pool, limit.transactionId), { timeout: 15_000 }).toBe(true)
    const sealed = await Promise.all(Array.from({ length: 5 }, () => sealThrough(app.parts, limit)))
    expect(sealed.map(Number).sort((a, b) => b - a)).toEqual([10, 0, 0, 0, 0])
    expect(await verifyChain()).toMatchObject({ intact: true, unsealed: 0 })
  })

  it('cuts a long backlog into batches and verifies in pages', async () => {
    await asOwner(
      app,
      `insert into audit_entries (actor_kind, action, object_kind, details)
       select 'system', 'test.many', 'test', jsonb_build_object('b', i, 'a', 'x') from generate_series(1, 25000) i`,
    )
    expect(await sealAll(app)).toBe(25_000)
    const seals = await listSeals(app.parts.pool, '1', 1000)
    expect(seals.slice(-3).map(({ entryCount }) => entryCount)).toEqual([10_000, 10_000, 5_000])
    expect(await verifyChain()).toMatchObject({ intact: true, unsealed: 0 })
  })

  it('leaves the server neither the seals to change nor the ids and times of entries to state', async () => {
    for (const statement of [
      `update audit_seals set key_id = 2`,
      `delete from audit_seals`,
      `delete from audit_seal_leaves`,
      `update audit_seal_leaves set leaves = ''`,
      `insert into audit_entries (actor_kind, action, object_kind, occurred_at) values ('system', 'x', 'y', now())`,
      `insert into audit_entries (audit_id, actor_kind, action, object_kind) overriding system value values (1, 'system', 'x', 'y')`,
      `select setval('audit_entries_audit_id_seq', 1)`,
    ])
      await expect(app.parts.pool.query(statement), statement).rejects.toMatchObject({ code: '42501' })
  })
})

describe('the end of the chain', () => {
  it('is missed by the machine that sealed it, and nothing is sealed over the gap until somebody says why', async () => {
    await writeEntries(app, 3, 'test.before')
    await sealAll(app)
    const { pool, keys } = app.parts
    const last = await findLastSeal(pool)
    if (!last) throw new Error('no seal')
    // The owner takes the last seal away and puts in what should have been; the server would sign that.
    await asOwner(
      app,
      `delete from audit_seal_leaves where sequence = ${last.sequence}`,
      `delete from audit_seals where sequence = ${last.sequence}`,
      `update audit_entries set purpose = '另一个理由' where audit_id = ${last.toId}`,
    )
    const limit = await markSealingLimit(pool)
    // Other tests' transactions on the same server may hold it up for a moment.
    await expect
      .poll(() => sealThrough(app.parts, limit).catch((error: unknown) => error), { timeout: 15_000 })
      .toBeInstanceOf(AuditHeadLost)
    expect((await findLastSeal(pool))?.sequence).not.toBe(last.sequence)
    const head = readKeptHead(keys)
    const report = await verifyAuditChain({ pool, keys: keys.auditKeys(), ...(head ? { head } : {}) })
    expect(report.problems).toEqual([{ kind: 'head_missing', sequence: last.sequence }])

    expect(await acceptAuditHead(pool, keys, '从备份恢复')).toMatchObject({ before: last.sequence })
    await sealAll(app)
    expect(await verifyChain()).toMatchObject({ intact: true })
    const { rows } = await pool.query(
      `select purpose, details from audit_entries where action = 'audit.head_accepted'`,
    )
    expect(rows).toMatchObject([{ purpose: '从备份恢复', details: { before: last.sequence } }])
  })

  it('is compared with a head from before the first seal that is looked at', async () => {
    const old = await findLastSeal(app.parts.pool)
    if (!old) throw new Error('no seal')
    await writeEntries(app, 1)
    await sealAll(app)
    const from = String(BigInt(old.sequence) + 1n)
    const verify = (seal: typeof old) =>
      verifyAuditChain({
        pool: app.parts.pool,
        keys: app.parts.keys.auditKeys(),
        fromSequence: from,
        head: { seal },
      })
    expect(await verify(old)).toMatchObject({ intact: true })
    const other = { ...old, entryCount: old.entryCount + 1 }
    expect((await verify(other)).problems.map(({ kind }) => kind)).toEqual(['head_forged', 'head_differs'])
  })
})
