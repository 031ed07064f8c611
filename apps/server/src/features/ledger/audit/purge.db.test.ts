import { afterAll, beforeAll, expect, it } from 'vitest'
import { asOwner, beginChain, sealAll, writeEntries } from '../../../../test/audit-chain.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { purgeAuditEntries } from './seal.service.ts'
import { verifyAuditChain } from './verify.service.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ environment: { RETENTION_AUDIT_DAYS: '400' } })
  await beginChain(app)
})
afterAll(() => app.close())

const writeOld = (days: number, count: number) =>
  asOwner(
    app,
    `insert into audit_entries (occurred_at, actor_kind, action, object_kind)
     select now() - interval '${days} days', 'system', 'test.old', 'test' from generate_series(1, ${count})`,
  )
const verifyChain = () => verifyAuditChain({ pool: app.parts.pool, keys: app.parts.keys.auditKeys() })
const countOld = async () =>
  (await app.parts.pool.query(`select 1 from audit_entries where action = 'test.old'`)).rowCount

it('deletes whole seals beyond the retention, certifies it, and the chain still verifies', async () => {
  await writeOld(500, 4)
  await sealAll(app)
  await writeOld(450, 3)
  await sealAll(app)
  // A seal with a young entry stays whole.
  await writeOld(420, 2)
  await writeEntries(app, 1)
  await sealAll(app)

  await purgeAuditEntries(app.parts)
  expect(await countOld()).toBe(2)
  expect(await verifyChain()).toMatchObject({ intact: true, seals: 3, entries: 3, purged: 7, unsealed: 1 })
  const { rows } = await app.parts.pool.query(
    `select object_id, details from audit_entries where action = 'audit.purged'`,
  )
  expect(rows).toMatchObject([
    { object_id: '2', details: { firstSequence: '1', lastSequence: '2', removed: '7', days: 400 } },
  ])

  await purgeAuditEntries(app.parts)
  await sealAll(app)
  expect(await verifyChain()).toMatchObject({ intact: true, seals: 4, purged: 7, unsealed: 0 })
})

it('a certificate covers no more than it says', async () => {
  await asOwner(
    app,
    `delete from audit_entries where audit_id <= (select to_id from audit_seals where sequence = 3)`,
  )
  expect((await verifyChain()).problems).toEqual([{ kind: 'entries_removed', sequence: '3' }])
})

it('the last year is never deleted, whoever asks', async () => {
  await expect(
    app.parts.pool.query(`select * from purge_sealed_audit_entries(now() - interval '300 days', 10)`),
  ).rejects.toMatchObject({ code: '22023' })
  await expect(app.parts.pool.query('delete from audit_entries')).rejects.toMatchObject({ code: '42501' })
})
