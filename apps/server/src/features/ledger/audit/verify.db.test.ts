import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asOwner, beginChain, sealAll, writeEntries } from '../../../../test/audit-chain.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createMemoryAuditKeys } from '../../../keys/audit-keys.ts'
import { sealText } from './canonical.ts'
import { readPublishedHead, toPublishedHead } from './head.ts'
import { findLastSeal, listSeals } from './seal.queries.ts'
import { verifyAuditChain } from './verify.service.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

type Options = Partial<Parameters<typeof verifyAuditChain>[0]>
const verifyChain = (options: Options = {}) =>
  verifyAuditChain({ pool: app.parts.pool, keys: app.parts.keys.auditKeys(), ...options })
const problemsOf = async (options?: Options) => (await verifyChain(options)).problems
const headOf = async () => {
  const seal = await findLastSeal(app.parts.pool)
  if (!seal) throw new Error('nothing sealed')
  // Through the file that a witness keeps.
  return readPublishedHead(JSON.stringify(toPublishedHead(seal)))
}

// Three seals of three entries each: ids 1–3, 4–6, 7–9.
beforeEach(async () => {
  await beginChain(app)
  for (let seal = 0; seal < 3; seal += 1) {
    await writeEntries(app, 3)
    await sealAll(app)
  }
  expect(await verifyChain()).toMatchObject({ intact: true, seals: 3, entries: 9 })
})

describe('what the owner of the database does to entries', () => {
  it.each([
    ['purpose', `update audit_entries set purpose = '另一个理由' where audit_id = 5`],
    ['actor', `update audit_entries set actor_id = '8' where audit_id = 5`],
    [
      'time',
      `update audit_entries set occurred_at = occurred_at + interval '1 microsecond' where audit_id = 5`,
    ],
    ['time without end', `update audit_entries set occurred_at = 'infinity' where audit_id = 5`],
    ['details', `update audit_entries set details = details || '{"index": 9}' where audit_id = 5`],
    ['null to empty', `update audit_entries set request_id = '' where audit_id = 5`],
    ['details to nothing', `update audit_entries set details = 'null' where audit_id = 5`],
  ])('changing the %s of one', async (_what, statement) => {
    await asOwner(app, statement)
    expect(await problemsOf()).toEqual([{ kind: 'entry_changed', sequence: '2', auditId: '5' }])
  })

  it('removing one', async () => {
    await asOwner(app, `delete from audit_entries where audit_id = 5`)
    expect(await problemsOf()).toEqual([{ kind: 'entry_removed', sequence: '2', auditId: '5' }])
  })

  it('removing all of a seal, as if retention had', async () => {
    await asOwner(app, `delete from audit_entries where audit_id <= 3`)
    expect(await problemsOf()).toEqual([{ kind: 'entries_removed', sequence: '1' }])
  })

  it('removing all of a seal with an invented certificate', async () => {
    await asOwner(
      app,
      `delete from audit_entries where audit_id <= 3`,
      `insert into audit_entries (actor_kind, action, object_kind, object_id, details)
       values ('system', 'audit.purged', 'audit_seal', '1', '{"lastSequence": "1", "lastSealHash": "00", "removed": "3", "purgedAt": "2022-03-10T02:00:00.000Z", "keyId": 1, "signature": "AAAA"}')`,
    )
    expect(await problemsOf()).toEqual([
      { kind: 'certificate_forged', auditId: '10' },
      { kind: 'entries_removed', sequence: '1' },
    ])
  })

  it('exchanging two', async () => {
    await asOwner(
      app,
      'begin',
      `create temporary table kept as select * from audit_entries where audit_id in (4, 5)`,
      `delete from audit_entries where audit_id in (4, 5)`,
      `insert into audit_entries overriding system value select 9 - audit_id, occurred_at, actor_kind, actor_id, action, object_kind, object_id, purpose, details, request_id from kept`,
      'commit',
    )
    expect(await problemsOf()).toEqual([
      { kind: 'entry_reordered', sequence: '2', auditId: '4' },
      { kind: 'entry_reordered', sequence: '2', auditId: '5' },
    ])
  })

  it('putting one in, also before the first and between two seals', async () => {
    const insert = (id: number) =>
      `insert into audit_entries (audit_id, actor_kind, action, object_kind) overriding system value values (${id}, 'system', 'test.late', 'test')`
    await asOwner(app, `delete from audit_entries where audit_id = 5`)
    // An id nobody used, inside a seal's range.
    await asOwner(app, insert(5))
    expect(await problemsOf()).toEqual([{ kind: 'entry_changed', sequence: '2', auditId: '5' }])
    await asOwner(app, insert(0))
    expect(await problemsOf()).toContainEqual({ kind: 'entry_inserted', sequence: '1', auditId: '0' })
  })

  it('putting one into an id that was never used', async () => {
    await asOwner(app, `select setval('audit_entries_audit_id_seq', 12)`)
    await writeEntries(app, 1)
    await sealAll(app)
    await asOwner(
      app,
      `insert into audit_entries (audit_id, actor_kind, action, object_kind) overriding system value values (11, 'system', 'test.late', 'test')`,
    )
    expect(await problemsOf()).toEqual([{ kind: 'entry_inserted', sequence: '4', auditId: '11' }])
  })

  it('covering it up in the leaves: the seal is named instead of the entry', async () => {
    await asOwner(
      app,
      `update audit_entries set purpose = 'x' where audit_id = 5`,
      `update audit_seal_leaves set leaves = overlay(leaves placing sha256('x') from 49) where sequence = 2`,
    )
    expect(await problemsOf()).toEqual([{ kind: 'entries_altered', sequence: '2' }])
  })
})

describe('what the owner of the database does to seals', () => {
  it('removing one from the middle', async () => {
    await asOwner(
      app,
      `delete from audit_seal_leaves where sequence = 2`,
      `delete from audit_seals where sequence = 2`,
    )
    expect(await problemsOf()).toContainEqual({ kind: 'seal_removed', sequence: '2' })
  })

  it('removing the last: a head kept elsewhere tells', async () => {
    const head = await headOf()
    await asOwner(
      app,
      `delete from audit_seal_leaves where sequence = 3`,
      `delete from audit_seals where sequence = 3`,
      `delete from audit_entries where audit_id > 6`,
    )
    expect(await problemsOf()).toEqual([])
    expect(await problemsOf({ head })).toEqual([{ kind: 'head_missing', sequence: '3' }])
    // Who has the data directory too makes the server forget, and it seals on: another seal 3 than the witness has.
    app.parts.keys.auditMemory().write(undefined)
    await writeEntries(app, 1)
    await sealAll(app)
    expect(await problemsOf({ head })).toEqual([{ kind: 'head_differs', sequence: '3' }])
  })

  it('a head that is in the chain says nothing', async () => {
    const head = await headOf()
    await writeEntries(app, 1)
    await sealAll(app)
    expect(await problemsOf({ head })).toEqual([])
  })

  it('an altered head is no head', async () => {
    const { seal } = await headOf()
    expect(await problemsOf({ head: { seal: { ...seal, toId: '8' } } })).toContainEqual({
      kind: 'head_forged',
      sequence: '3',
    })
  })

  it.each([
    ['count', `update audit_seals set entry_count = 2 where sequence = 2`],
    ['time', `update audit_seals set sealed_at = sealed_at - interval '1 day' where sequence = 2`],
    ['hash', `update audit_seals set entries_hash = sha256('x') where sequence = 2`],
    ['key', `update audit_seals set key_id = 2 where sequence = 2`],
    ['signature', `update audit_seals set signature = decode(repeat('00', 64), 'hex') where sequence = 2`],
  ])('changing its %s', async (_what, statement) => {
    await asOwner(app, statement)
    expect(await problemsOf()).toContainEqual({ kind: 'seal_forged', sequence: '2' })
  })

  it('writing it anew over changed entries, signed with another key', async () => {
    const [, second] = await listSeals(app.parts.pool, '1', 3)
    if (!second) throw new Error('no seal')
    const forged = { ...second, entryCount: 2 }
    const signature = createMemoryAuditKeys().sign(1, sealText(forged)).toString('hex')
    await asOwner(
      app,
      `update audit_seals set entry_count = 2, signature = decode('${signature}', 'hex') where sequence = 2`,
    )
    expect(await problemsOf()).toContainEqual({ kind: 'seal_forged', sequence: '2' })
  })

  it('writing it anew with the stolen key: the next seal does not fit', async () => {
    const [first] = await listSeals(app.parts.pool, '1', 1)
    if (!first) throw new Error('no seal')
    const sealedAt = new Date(first.sealedAt.getTime() - 86_400_000)
    const signature = app.parts.keys
      .auditKeys()
      .sign(1, sealText({ ...first, sealedAt }))
      .toString('hex')
    await asOwner(
      app,
      `update audit_seals set sealed_at = '${sealedAt.toISOString()}', signature = decode('${signature}', 'hex') where sequence = 1`,
    )
    expect(await problemsOf()).toEqual([{ kind: 'chain_broken', sequence: '2' }])
  })
})

describe('verifying', () => {
  it('starts where it is told to, and needs that seal', async () => {
    await asOwner(app, `update audit_entries set purpose = 'x' where audit_id = 2`)
    expect(await verifyChain({ fromSequence: '2' })).toMatchObject({ intact: true, seals: 2, entries: 6 })
    expect(await problemsOf({ fromSequence: '5' })).toEqual([{ kind: 'seal_removed', sequence: '4' }])
  })

  it('counts every problem and lists a hundred', async () => {
    await writeEntries(app, 120)
    await sealAll(app)
    await asOwner(app, `update audit_entries set purpose = 'x' where audit_id > 9`)
    const report = await verifyChain()
    expect([report.problemCount, report.problems.length]).toEqual([120, 100])
  })

  it('tells how far it is', async () => {
    const seen: number[] = []
    await verifyChain({ onProgress: ({ seals }) => void seen.push(seals) })
    expect(seen).toEqual([1, 2, 3])
  })

  it('finds an empty log intact', async () => {
    await asOwner(app, 'truncate audit_entries, audit_seals, audit_seal_leaves')
    expect(await verifyChain()).toMatchObject({ intact: true, seals: 0, entries: 0, lastSequence: undefined })
  })
})
