import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { inTransaction } from '../../../db/pool.ts'
import { type AuditInput, writeAudit, writeAuditOfEach } from './audit.service.ts'

let app: TestApp
let auditor: TestOperator
beforeAll(async () => {
  app = await startTestApp()
  auditor = await createOperator(app, { roles: ['auditor'] })
})
afterAll(() => app.close())

const actorOf = (operator: TestOperator): AuditInput['actor'] => ({
  kind: 'operator',
  operatorId: operator.operatorId,
  username: 'unused',
  displayName: 'unused',
  organisation: 'unused',
  roles: ['office'],
  divisionCode: '320302',
})
const write = (entry: AuditInput) => inTransaction(app.parts.pool, (tx) => writeAudit(tx, entry))
const list = (by: TestOperator, query: Record<string, string> = {}) =>
  by.call('GET', `/api/v1/operator/audit-entries?${new URLSearchParams(query)}`)
const actionsOf = async (query: Record<string, string>): Promise<string[]> => {
  const { status, body } = await list(auditor, { limit: '100', ...query })
  expect(status).toBe(200)
  return body.entries.map(({ action }: { action: string }) => action)
}

describe('the audit log', () => {
  it('takes an act on many objects in one statement, in their order, each with its own details', async () => {
    const office = await createOperator(app, { roles: ['office'] })
    const objects = Array.from({ length: 300 }, (_, place) => ({
      objectId: randomUUID(),
      ...(place === 7 ? {} : { details: { personId: String(place) } }),
    }))
    const entry = {
      actor: actorOf(office),
      action: 'finding.added_by_rule',
      objectKind: 'finding',
      purpose: '混采阳性',
      details: { category: 'pool_positive' },
      requestId: 'request-2',
    }
    let statements = 0
    await inTransaction(app.parts.pool, async (tx) => {
      const counting: typeof tx = Object.create(tx)
      counting.query = ((text: string, values: unknown[]) => {
        statements += 1
        return tx.query(text, values)
      }) as typeof tx.query
      await writeAuditOfEach(counting, entry, objects)
      await writeAuditOfEach(counting, entry, [])
    })
    expect(statements).toBe(1)
    const { rows } = await app.parts.pool.query(
      `select object_id, actor_id, purpose, request_id, details from audit_entries where actor_id = $1 order by audit_id`,
      [office.operatorId],
    )
    expect(rows).toEqual(
      objects.map(({ objectId, details = {} }) => ({
        object_id: objectId,
        actor_id: office.operatorId,
        purpose: '混采阳性',
        request_id: 'request-2',
        details: { category: 'pool_positive', ...details },
      })),
    )
  })

  it('tells who did what to what and why, newest first', async () => {
    const office = await createOperator(app, { roles: ['office'] })
    const objectId = randomUUID()
    await write({
      actor: actorOf(office),
      action: 'venue.approved',
      objectKind: 'venue',
      objectId,
      purpose: '材料齐全',
      details: { kind: 'supermarket' },
      requestId: 'request-1',
    })
    await write({
      actor: { kind: 'command', id: 'seed' },
      action: 'venue.closed',
      objectKind: 'venue',
      objectId,
    })
    const { body } = await list(auditor, { objectId })
    const common = { auditId: expect.any(String), at: expect.any(String), objectKind: 'venue', objectId }
    expect(body).toEqual({
      entries: [
        { ...common, actorKind: 'command', actorId: 'seed', action: 'venue.closed', details: {} },
        {
          ...common,
          actorKind: 'operator',
          actorId: office.operatorId,
          actorName: '测试员',
          action: 'venue.approved',
          purpose: '材料齐全',
          details: { kind: 'supermarket' },
          requestId: 'request-1',
        },
      ],
    })
  })

  it('is filtered by actor, action, object and time', async () => {
    const office = await createOperator(app, { roles: ['office'] })
    const objectKind = `kind-${randomUUID().slice(0, 8)}`
    const actor = actorOf(office)
    await write({ actor, action: 'proposal.made', objectKind, objectId: '1' })
    await write({ actor: { kind: 'system' }, action: 'proposal.approved', objectKind, objectId: '1' })
    // A citizen with the same id is somebody else.
    await write({
      actor: { kind: 'citizen', accountId: office.operatorId, sessionId: 's', personId: undefined },
      action: 'proposals.read',
      objectKind,
      objectId: '2',
    })
    expect(await actionsOf({ objectKind })).toEqual(['proposals.read', 'proposal.approved', 'proposal.made'])
    expect(await actionsOf({ objectKind, actorId: office.operatorId })).toEqual(['proposal.made'])
    expect(await actionsOf({ objectKind, action: 'proposal' })).toEqual([
      'proposal.approved',
      'proposal.made',
    ])
    expect(await actionsOf({ objectKind, action: 'proposal.made' })).toEqual(['proposal.made'])
    expect(await actionsOf({ objectKind, action: '%' })).toEqual([])
    expect(await actionsOf({ objectKind, objectId: '2' })).toEqual(['proposals.read'])
    const { body } = await list(auditor, { objectKind })
    const [third, second] = body.entries
    expect(await actionsOf({ objectKind, from: third.at })).not.toContain('proposal.made')
    expect(await actionsOf({ objectKind, until: second.at })).not.toContain('proposals.read')
    expect(await actionsOf({ objectKind, until: '2020-01-01T00:00:00.000Z' })).toEqual([])
  })

  it('pages without gaps or repeats while entries are added', async () => {
    const objectKind = `kind-${randomUUID().slice(0, 8)}`
    const add = (action: string) => write({ actor: { kind: 'system' }, action, objectKind })
    for (let index = 0; index < 5; index += 1) await add(`page.${index}`)
    const seen: string[] = []
    let cursor: string | undefined
    for (let pages = 0; pages < 3; pages += 1) {
      const { body } = await list(auditor, { objectKind, limit: '2', ...(cursor ? { cursor } : {}) })
      seen.push(...body.entries.map(({ action }: { action: string }) => action))
      cursor = body.nextCursor
      await add('page.later')
    }
    expect([seen, cursor]).toEqual([['page.4', 'page.3', 'page.2', 'page.1', 'page.0'], undefined])
  })

  it.each([
    { cursor: 'x' },
    { limit: '0' },
    { limit: '101' },
    { from: 'yesterday' },
    { actorId: 'me' },
    { name: '张小明' },
  ])('refuses %o', async (query) => {
    const { status, body } = await list(auditor, query as Record<string, string>)
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED'])
  })

  it('is read by auditors only', async () => {
    for (const role of ['hq', 'office', 'epidemiologist', 'hotline', 'sysadmin', 'checker'])
      expect((await list(await createOperator(app, { roles: [role] }))).status).toBe(403)
    expect((await app.http.inject({ url: '/api/v1/operator/audit-entries' })).statusCode).toBe(401)
  })

  it('can be neither changed nor shortened by the server itself', async () => {
    await write({ actor: { kind: 'system' }, action: 'test.kept', objectKind: 'test' })
    for (const sql of [
      `update audit_entries set purpose = 'other'`,
      'delete from audit_entries',
      'truncate audit_entries',
    ])
      await expect(app.parts.pool.query(sql)).rejects.toThrow(/permission denied/)
  })
})
