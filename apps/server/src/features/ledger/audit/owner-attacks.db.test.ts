import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asOwner, sealAll, writeEntries } from '../../../../test/audit-chain.ts'
import { createOperatorRow, type RegisteredCitizen, registerCitizen } from '../../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { verifyAudit } from '../../../commands/audit.ts'
import { openFileAuditWitness } from '../../../keys/audit-witness.ts'
import { acceptAuditHead, markSealingLimit, sealThrough } from './seal.service.ts'
import { WitnessDiffers, witnessYoungest } from './witness.ts'

let app: TestApp
let person: RegisteredCitizen
let findingId: string
let changeId: string
let testId: string
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const verify = async () => {
  const { text, exitCode } = await verifyAudit(app.parts.pool, async () => app.parts.keys, ['--json'])
  const { problems } = JSON.parse(text) as { problems: Record<string, string>[] }
  expect(exitCode).toBe(problems.length > 0 ? 1 : 0)
  return problems
}

const ask = async (text: string, values: unknown[]): Promise<string> =>
  Object.values((await app.parts.pool.query<Record<string, string>>(text, values)).rows[0] ?? {})[0] ?? ''

// Written by the server's own role, as the server does; then sealed.
beforeEach(async () => {
  person = await registerCitizen(app)
  findingId = await ask(
    `insert into findings (person_id, category, anchor_at, evidence, source) values ($1::bigint, 'close_contact', now(), '流调报告 17', '疾控') returning finding_id`,
    [person.personId],
  )
  testId = await ask(
    `insert into test_results (person_id, sampled_at, result, kind, source) values ($1::bigint, now(), 'negative', 'single', '实验室') returning test_id`,
    [person.personId],
  )
  changeId = await ask(
    `select change_id from status_changes where person_id = $1::bigint order by change_id desc limit 1`,
    [person.personId],
  )
  await sealAll(app)
  expect(await verify()).toEqual([])
})

/** Undoes what an attack did, so that the next begins with a sound database. */
const restored = async (attack: string[], back: string[]) => {
  await asOwner(app, ...attack)
  const problems = await verify()
  await asOwner(app, ...back)
  return problems
}
const withoutTriggers = (...statements: string[]) => [`set session_replication_role = replica`, ...statements]

describe('what the owner of the database does to history', () => {
  it('deleting a change of a colour', async () => {
    const problems = await restored(
      [
        `create table kept as select * from status_changes where change_id = ${changeId}`,
        `delete from status_changes where change_id = ${changeId}`,
      ],
      [`insert into status_changes overriding system value select * from kept`, `drop table kept`],
    )
    expect(problems).toContainEqual({ kind: 'history_removed', object: 'status_changes', rowId: changeId })
    expect(problems).toContainEqual({ kind: 'colour_differs', object: 'person', rowId: person.personId })
    expect(await verify()).toEqual([])
  })

  it.each([
    ['colour', 'to_colour = 3 - to_colour'],
    ['reasons', `reasons = '[{"category": "invented"}]'`],
    ['time', `changed_at = changed_at - interval '1 day'`],
    ['cause', `cause = 'other'`],
  ])('changing the %s of one', async (_what, change) => {
    await asOwner(
      app,
      `create table kept as select * from status_changes where change_id = ${changeId}`,
      `update status_changes set ${change} where change_id = ${changeId}`,
    )
    expect(await verify()).toContainEqual({
      kind: 'history_changed',
      object: 'status_changes',
      rowId: changeId,
    })
    await asOwner(
      app,
      `delete from status_changes where change_id = ${changeId}`,
      `insert into status_changes overriding system value select * from kept`,
      `drop table kept`,
    )
  })

  it('changing a result: what it said is sealed, and who wrote it is noted', async () => {
    const set = (result: string) => `update test_results set result = '${result}' where test_id = ${testId}`
    const changed = { kind: 'history_changed', object: 'test_results', rowId: testId }
    expect(await restored(withoutTriggers(set('positive')), withoutTriggers(set('negative')))).toEqual([
      changed,
    ])
    expect(await restored([set('positive')], [set('negative')])).toEqual([
      changed,
      { kind: 'fact_by_hand', object: 'test_results', rowId: testId, by: expect.any(String) },
    ])
    await acceptAuditHead(app.parts.pool, app.parts.keys, '测试')
  })

  it('giving somebody another colour', async () => {
    const set = (sign: string) => [
      `update status_current set colour = colour ${sign} 1 where person_id = ${person.personId}`,
    ]
    expect(await restored(set('+'), set('-'))).toEqual([
      { kind: 'colour_differs', object: 'person', rowId: person.personId },
    ])
  })

  it('taking a seal of history away, and writing one anew', async () => {
    const [sequence, hash] = [
      await ask(`select max(sequence)::text from history_seals where stream = 'status_changes'`, []),
      `decode(repeat('00', 32), 'hex')`,
    ]
    const where = `where stream = 'status_changes' and sequence = ${sequence}`
    const gone = await restored(
      [`create table kept as select * from history_seals ${where}`, `delete from history_seals ${where}`],
      [`insert into history_seals select * from kept`],
    )
    expect(gone).toContainEqual({ kind: 'history_seal_removed', object: 'status_changes', sequence })
    const altered = await restored(
      [`update history_seals set previous_hash = ${hash} ${where}`],
      [
        `delete from history_seals ${where}`,
        `insert into history_seals select * from kept`,
        `drop table kept`,
      ],
    )
    expect(altered).toContainEqual({ kind: 'history_seal_altered', object: 'status_changes', sequence })
  })
})

describe('what the owner of the database does to a finding', () => {
  it('writing its evidence anew', async () => {
    await asOwner(app, `update findings set evidence = '另一份报告' where finding_id = ${findingId}`)
    const [role] = (
      await app.parts.pool.query<{ by: string }>(
        `select written_by as by from row_versions order by version_id desc limit 1`,
      )
    ).rows
    expect(role?.by).not.toBe('jkb_app')
    expect(await verify()).toEqual([
      { kind: 'fact_by_hand', object: 'finding', rowId: findingId, by: role?.by },
    ])
    await acceptAuditHead(app.parts.pool, app.parts.keys, '测试')
    expect(await verify()).toEqual([])
  })

  it('with the triggers out of the way', async () => {
    const set = (evidence: string) =>
      withoutTriggers(`update findings set evidence = '${evidence}' where finding_id = ${findingId}`)
    expect(await restored(set('另一份报告'), set('流调报告 17'))).toEqual([
      { kind: 'fact_changed', object: 'finding', rowId: findingId },
    ])
  })

  it('ending it, and taking it away', async () => {
    const ended = await restored(
      withoutTriggers(`update findings set withdrawn_at = now() where finding_id = ${findingId}`),
      withoutTriggers(`update findings set withdrawn_at = null where finding_id = ${findingId}`),
    )
    expect(ended).toEqual([{ kind: 'fact_changed', object: 'finding', rowId: findingId }])
    const removed = await restored(
      withoutTriggers(
        `create table kept as select * from findings where finding_id = ${findingId}`,
        `delete from findings where finding_id = ${findingId}`,
      ),
      withoutTriggers(`insert into findings overriding system value select * from kept`, `drop table kept`),
    )
    expect(removed).toEqual([{ kind: 'fact_removed', object: 'finding', rowId: findingId }])
  })

  it('putting one in, and writing its version anew', async () => {
    const put = await restored(
      withoutTriggers(
        `insert into findings (finding_id, person_id, category, anchor_at, evidence, source) overriding system value values (900000, ${person.personId}, 'x', now(), 'x', 'x')`,
      ),
      withoutTriggers(`delete from findings where finding_id = 900000`),
    )
    expect(put).toEqual([{ kind: 'fact_inserted', object: 'finding', rowId: '900000' }])
    const versionId = await ask(
      `select version_id from row_versions where kind = 'finding' and row_id = $1::text`,
      [findingId],
    )
    const forged = await restored(
      withoutTriggers(
        `update findings set evidence = '另一份' where finding_id = ${findingId}`,
        `update row_versions set digest = (select finding_digest(f) from findings f where finding_id = ${findingId}) where version_id = ${versionId}`,
      ),
      withoutTriggers(
        `update findings set evidence = '流调报告 17' where finding_id = ${findingId}`,
        `update row_versions set digest = (select finding_digest(f) from findings f where finding_id = ${findingId}) where version_id = ${versionId}`,
      ),
    )
    expect(forged).toEqual([{ kind: 'history_changed', object: 'row_versions', rowId: versionId }])
  })

  it('a change by the server itself is none of these', async () => {
    await app.parts.pool.query(
      `update findings set ended_at = now() + interval '1 day' where finding_id = $1::bigint`,
      [findingId],
    )
    expect(await verify()).toEqual([])
    await sealAll(app)
    expect(await verify()).toEqual([])
  })
})

describe('what the owner of the database does to encrypted fields', () => {
  /** Exchanges columns of two rows; a second time puts them back. */
  const exchange = (table: string, key: string, columns: string[], [a, b]: readonly [string, string]) =>
    withoutTriggers(
      `update ${table} t set ${columns.map((c) => `${c} = o.${c}`).join(', ')} from ${table} o
       where t.${key} in (${a}, ${b}) and o.${key} in (${a}, ${b}) and t.${key} <> o.${key}`,
    )

  it('exchanging those of two persons, and the phones of two accounts', async () => {
    const other = await registerCitizen(app)
    const persons = [person.personId, other.personId] as const
    const both = (object: string, ids: readonly string[]) =>
      ids.map((rowId) => ({ kind: 'fact_changed', object, rowId }))
    const unreadable = (object: string, ids: readonly string[]) =>
      ids.map((rowId) => ({ kind: 'field_unreadable', object, rowId }))
    for (const fields of [['name'], ['birth_on', 'document_number']]) {
      const columns = fields.map((field) => `${field}_encrypted`)
      const change = exchange('persons', 'person_id', columns, persons)
      expect(await restored(change, change)).toEqual([
        ...both('persons', persons),
        ...fields.flatMap((field) => unreadable(`persons.${field}`, persons)),
      ])
    }
    const accounts = [person.accountId, other.accountId] as const
    const change = exchange('accounts', 'account_id', ['phone_encrypted'], accounts)
    expect(await restored(change, change)).toEqual([
      ...both('accounts', accounts),
      ...unreadable('accounts.phone', accounts),
    ])
    expect(await verify()).toEqual([])
  })

  it('giving an operator the second factor of another, or other roles', async () => {
    const [one, two] = [await createOperatorRow(app), await createOperatorRow(app)]
    const secret = (of: string, hex: string) =>
      withoutTriggers(
        `update operators set totp_secret_encrypted = decode('${hex}', 'hex') where operator_id = ${of}`,
      )
    const was = await ask(
      `select encode(totp_secret_encrypted, 'hex') from operators where operator_id = $1::bigint`,
      [one.operatorId],
    )
    expect(await restored(secret(one.operatorId, `${was}00`), secret(one.operatorId, was))).toEqual([
      { kind: 'fact_changed', object: 'operators', rowId: one.operatorId },
      { kind: 'field_unreadable', object: 'operators.totp_secret', rowId: one.operatorId },
    ])
    await asOwner(app, `update operators set roles = '{sysadmin}' where operator_id = ${two.operatorId}`)
    expect(await verify()).toMatchObject([
      { kind: 'fact_by_hand', object: 'operators', rowId: two.operatorId },
    ])
    await acceptAuditHead(app.parts.pool, app.parts.keys, '测试')
  })

  it('a row of several keys, and one of bytes', async () => {
    const index = await ask(
      `select '\\x' || encode(document_index, 'hex') from identity_documents where person_id = $1::bigint`,
      [person.personId],
    )
    const set = (sign: string) =>
      withoutTriggers(
        `update identity_documents set person_id = person_id ${sign} 1 where document_index = '${index}'`,
      )
    expect(await restored(set('+'), set('-'))).toEqual([
      { kind: 'fact_changed', object: 'identity_documents', rowId: index },
    ])
  })
})

describe('what the owner of the database does before the next seal', () => {
  const youngest = () => ask(`select max(audit_id)::text from audit_entries`, [])

  const refusesToSeal = async () => {
    const limit = await markSealingLimit(app.parts.pool)
    const tryOnce = () => sealThrough(app.parts, limit).catch((error: unknown) => error)
    await expect.poll(tryOnce, { timeout: 15_000 }).toBeInstanceOf(WitnessDiffers)
  }

  it('removing the youngest entry: it was seen, and nothing is sealed over it', async () => {
    await writeEntries(app, 2)
    await witnessYoungest(app.parts)
    const auditId = await youngest()
    await asOwner(app, `delete from audit_entries where audit_id = ${auditId}`)
    expect(await verify()).toEqual([{ kind: 'entry_lost_unsealed', auditId }])
    await refusesToSeal()
    // Also when later entries are written, and the numbers turned back.
    await writeEntries(app, 1)
    await refusesToSeal()
    await acceptAuditHead(app.parts.pool, app.parts.keys, '演练：记录被删')
    await sealAll(app)
    expect(await verify()).toEqual([])
    const details = await ask(
      `select details ->> 'lost' from audit_entries where action = 'audit.head_accepted' order by audit_id desc limit 1`,
      [],
    )
    expect(details).toContain(`audit ${auditId}`)
  })

  it('changing the youngest entry', async () => {
    await writeEntries(app, 1)
    await witnessYoungest(app.parts)
    const auditId = await youngest()
    const set = (purpose: string) => [
      `update audit_entries set purpose = '${purpose}' where audit_id = ${auditId}`,
    ]
    expect(await restored(set('x'), set('测试'))).toEqual([{ kind: 'entry_changed_unsealed', auditId }])
  })

  it('removing the youngest change of a colour', async () => {
    const other = await registerCitizen(app)
    await witnessYoungest(app.parts)
    const rowId = await ask(`select max(change_id)::text from status_changes where person_id = $1::bigint`, [
      other.personId,
    ])
    const problems = await restored(
      [
        `create table kept as select * from status_changes where change_id = ${rowId}`,
        `delete from status_changes where change_id = ${rowId}`,
      ],
      [`insert into status_changes overriding system value select * from kept`, `drop table kept`],
    )
    expect(problems).toContainEqual({ kind: 'history_removed', object: 'status_changes', rowId })
  })

  it('an entry that commits late is seen too', async () => {
    const late = await app.parts.pool.connect()
    await late.query('begin')
    await late.query(
      `insert into audit_entries (actor_kind, action, object_kind) values ('system', 'test.late', 'test')`,
    )
    await writeEntries(app, 1)
    await witnessYoungest(app.parts)
    await late.query('commit')
    late.release()
    await witnessYoungest(app.parts)
    const auditId = await ask(`select audit_id from audit_entries where action = 'test.late'`, [])
    expect(app.parts.keys.auditWitness().noted('audit').has(auditId)).toBe(true)
  })
})

it('the file of the witness keeps what it was given over a restart, and forgets what is sealed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'jkb-witness-'))
  const [one, two] = [openFileAuditWitness(directory), openFileAuditWitness(directory)]
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
  one.note(
    'audit',
    new Map([
      ['7', a],
      ['9', b],
    ]),
  )
  one.note('audit', new Map([['7', b]]))
  two.note('status_changes', new Map([['7', b]]))
  expect([...openFileAuditWitness(directory).noted('audit')]).toEqual([
    ['7', a],
    ['9', b],
  ])
  two.forget('audit', '7')
  expect([...one.noted('audit')]).toEqual([['9', b]])
  expect([...one.noted('status_changes')]).toEqual([['7', b]])
  rmSync(directory, { recursive: true })
})
