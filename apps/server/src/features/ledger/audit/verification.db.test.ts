import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asOwner, sealAll, writeEntries } from '../../../../test/audit-chain.ts'
import { readMetrics } from '../../../../test/metrics.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createPool } from '../../../db/pool.ts'
import { readPublishedAuditKeys } from '../../../keys/audit-keys.ts'
import { startAuditLoop } from './audit.jobs.ts'
import { sealText } from './canonical.ts'
import { readPublishedHead } from './head.ts'
import { runVerification } from './verification.service.ts'
import { verifyAuditChain } from './verify.service.ts'

let app: TestApp
let auditor: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  auditor = await createOperator(app, { roles: ['auditor'] })
})
afterAll(() => app.close())

const status = async () => (await auditor.call('GET', '/api/v1/operator/audit-status')).body
const ask = (by = auditor, requestId: string = randomUUID()) =>
  by.call('POST', '/api/v1/operator/audit-verifications', { requestId })

describe('head and keys', () => {
  it('are public, and enough for an outsider to verify the signature and the chain', async () => {
    expect((await app.http.inject({ url: '/api/v1/audit-head' })).statusCode).toBe(404)
    await writeEntries(app, 2)
    await sealAll(app)
    const head = await app.http.inject({ url: '/api/v1/audit-head' })
    const keys = await app.http.inject({ url: '/api/v1/audit-keys' })
    const [key] = keys.json<{ keys: { keyId: number; publicKey: string }[] }>().keys
    // By hand, as docs/architecture.md says.
    const publicKey = createPublicKey({
      key: Buffer.concat([
        Buffer.from('302a300506032b6570032100', 'hex'),
        Buffer.from(key?.publicKey ?? '', 'base64url'),
      ]),
      format: 'der',
      type: 'spki',
    })
    const { seal } = readPublishedHead(head.body)
    expect(verify(null, Buffer.from(sealText(seal)), publicKey, seal.signature)).toBe(true)
    const pool = createPool(app.database.readonlyUrl, 1, 'witness')
    const report = await verifyAuditChain({ pool, keys: readPublishedAuditKeys(keys.body), head: { seal } })
    await pool.end()
    expect(report).toMatchObject({ intact: true, seals: 1 })
    expect(keys.body).not.toMatch(/private/i)
  })
})

describe('the state of the seals', () => {
  it('says up to where, and warns when the oldest entry waits for more than ten minutes', async () => {
    await sealAll(app)
    expect(await status()).toMatchObject({ head: { sequence: expect.any(String) }, lagging: false })
    await asOwner(
      app,
      `insert into audit_entries (occurred_at, actor_kind, action, object_kind) values (now() - interval '9 minutes', 'system', 'test.waiting', 'test')`,
    )
    expect(await status()).toMatchObject({ lagging: false, unsealedEntries: 1 })
    const metrics = await readMetrics(app)
    expect(metrics).toMatch(/^jkb_audit_oldest_unsealed_seconds(\{[^}]*\})? 5[34]\d\./m)
    expect(metrics).toMatch(/^jkb_audit_unsealed_entries(\{[^}]*\})? 1$/m)
    app.setNow(new Date(Date.now() + 2 * 60_000))
    expect(await status()).toMatchObject({ lagging: true, oldestUnsealedAt: expect.any(String) })
    app.setNow(undefined)
    await sealAll(app)
    expect(await status()).toMatchObject({ lagging: false, unsealedEntries: 0 })
  })

  it('is for auditors', async () => {
    const hq = await createOperator(app, { roles: ['hq', 'office'] })
    expect((await hq.call('GET', '/api/v1/operator/audit-status')).status).toBe(403)
    expect((await ask(hq)).status).toBe(403)
    expect((await app.http.inject({ url: '/api/v1/operator/audit-status' })).statusCode).toBe(401)
    expect((await auditor.call('POST', '/api/v1/operator/audit-verifications', {})).status).toBe(400)
    expect(
      (await auditor.call('POST', '/api/v1/operator/audit-verifications', { requestId: 'x', more: 1 }))
        .status,
    ).toBe(400)
  })
})

describe('verifying from the console', () => {
  it('puts one in line for all who ask, runs it, and is in the log', async () => {
    const colleague = await createOperator(app, { roles: ['auditor'] })
    const requestId = randomUUID()
    const answers = await Promise.all([ask(auditor, requestId), ask(auditor, requestId), ask(colleague)])
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201])
    expect(new Set(answers.map((answer) => answer.body.verificationId)).size).toBe(1)
    const ran = await Promise.all([runVerification(app.parts), runVerification(app.parts)])
    expect(ran.sort()).toEqual([false, true])
    const { latestVerification, lastPassedAt } = await status()
    expect(latestVerification).toMatchObject({ state: 'passed', problemCount: 0 })
    expect(latestVerification.sealsDone).toBeGreaterThan(0)
    expect(lastPassedAt).toBe(latestVerification.finishedAt)
    const { rows } = await app.parts.pool.query(
      `select action from audit_entries where object_kind = 'audit_verification' order by audit_id`,
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'audit.verification_requested',
      'audit.verification_passed',
    ])
    // A repeat is answered like the first time, with what became of it.
    const again = answers[0]?.body.verificationId === requestId ? await ask(auditor, requestId) : undefined
    if (again) expect([again.status, again.body.state]).toEqual([201, 'passed'])
  })

  it('takes over from a process that went silent', async () => {
    const { body } = await ask()
    await app.parts.pool.query(
      `update audit_verifications set state = 'running', beat_at = now() where verification_id = $1::uuid`,
      [body.verificationId],
    )
    expect(await runVerification(app.parts)).toBe(false)
    await app.parts.pool.query(
      `update audit_verifications set beat_at = now() - interval '2 minutes' where state = 'running'`,
    )
    expect(await runVerification(app.parts)).toBe(true)
    expect((await status()).latestVerification.state).toBe('passed')
  })

  it('says which entry was altered; the loop seals and verifies by itself', async () => {
    await writeEntries(app, 1, 'test.looped')
    const loop = startAuditLoop(app.parts)
    await expect.poll(async () => (await status()).unsealedEntries, { timeout: 15_000 }).toBe(0)
    const { rows } = await app.parts.pool.query(
      `select audit_id from audit_entries where action = 'test.looped'`,
    )
    await asOwner(app, `update audit_entries set purpose = '改过' where audit_id = ${rows[0]?.audit_id}`)
    await ask()
    await expect
      .poll(async () => (await status()).latestVerification.state, { timeout: 15_000 })
      .toBe('failed')
    await loop.stop()
    expect((await status()).latestVerification).toMatchObject({
      problemCount: 1,
      problems: [{ kind: 'entry_changed', auditId: rows[0]?.audit_id }],
    })
  })
})
