import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asOwner, sealAll } from '../../../../test/audit-chain.ts'
import { dropConstraints, literalOf, makeRow } from '../../../../test/made-rows.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'
import { verifyAudit } from '../../../commands/audit.ts'
import { inTransaction } from '../../../db/pool.ts'
import { acceptAuditHead } from './seal.service.ts'
import { verifyRows } from './verify-history.ts'
import { PROTECTED } from './versioned-rows.ts'

// Whoever owns the database writes anew, or takes away, what decides who somebody is or which colour they have.

let app: TestApp
const tables = Object.keys(PROTECTED) as (keyof typeof PROTECTED)[]
beforeAll(async () => {
  app = await startTestApp()
  await dropConstraints(app, [...tables, 'samples'])
})
afterAll(() => app.close())

const verify = async () => {
  const { text } = await verifyAudit(app.parts.pool, async () => app.parts.keys, ['--json'])
  const { problems } = JSON.parse(text) as { problems: { kind: string; object?: string; rowId?: string }[] }
  // What is made up here is no ciphertext.
  return problems
    .filter(({ kind, object }) => kind !== 'field_unreadable' && object !== 'tube_samples')
    .map(({ kind, object, rowId }) => `${kind} ${object} ${rowId}`)
}
const behindItsBack = (...statements: string[]) =>
  asOwner(app, 'set session_replication_role = replica', ...statements)

/** Of one kind alone, in the zone in which the triggers wrote. */
const verifyKind = async (kind: string): Promise<string[]> => {
  const found: string[] = []
  await inTransaction(app.parts.pool, async (tx) => {
    await tx.query(`set local timezone to 'UTC'`)
    await verifyRows(tx, kind, (...problems) => {
      for (const problem of problems) found.push(`${problem.kind} ${problem.object} ${problem.rowId}`)
    })
  })
  return found
}

/** Columns that are not computed from others. */
const listWritten = async (table: string): Promise<string> => {
  const { rows } = await app.parts.pool.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  return rows[0]?.columns ?? ''
}

describe('is found out', () => {
  it.each(tables)('%s', async (table) => {
    const { key, fields }: { key: readonly string[]; fields: readonly string[] } = PROTECTED[table]
    // By the server's own role, whose triggers note it.
    const named = table === 'test_results' ? [] : fields
    const { insert, values, types } = await makeRow(app, table, 1, { named: [...key, ...named] })
    await app.parts.pool.query(insert)
    // What has a seal of its own is sealed up to the last number that was handed out.
    if (table === 'test_results') await asOwner(app, `select setval('test_results_test_id_seq', 1)`)
    await sealAll(app)
    const where = `where ${key.map((column) => `r.${column} = ${values.get(column)}`).join(' and ')}`
    const parts = key.map((column) => `(to_jsonb(r) ->> '${column}')`).join(` || ':' || `)
    const ids = await app.parts.pool.query<{ id: string }>(`select ${parts} as id from ${table} r ${where}`)
    const id = ids.rows[0]?.id ?? ''
    expect(await verify()).toEqual([])
    const kept = `kept_${table}`
    const columns = await listWritten(table)
    const back = `insert into ${table} (${columns}) overriding system value select ${columns} from ${kept}`
    await asOwner(app, `create table ${kept} as select * from ${table} r ${where}`)
    for (const field of fields) {
      const type = types.get(field) ?? ''
      await behindItsBack(`update ${table} r set ${field} = ${literalOf(type, 2)} ${where}`)
      // A result that nobody touched has no version; what it says is under its own seal.
      if (table === 'test_results' && field === 'result')
        expect(await verify()).toContain(`history_changed test_results ${id}`)
      else
        expect(await verifyKind(table), field).toEqual([
          `${table === 'test_results' ? 'fact_inserted' : 'fact_changed'} ${table} ${id}`,
        ])
      await behindItsBack(`delete from ${table} r ${where}`, back)
    }
    await behindItsBack(`delete from ${table} r ${where}`)
    expect(await verify()).toContain(
      table === 'test_results' ? `history_removed test_results ${id}` : `fact_removed ${table} ${id}`,
    )
    await behindItsBack(back)
    // With the triggers it is seen who wrote it.
    const [field = ''] = fields
    await asOwner(app, `update ${table} r set ${field} = ${literalOf(types.get(field) ?? '', 3)} ${where}`)
    expect(await verify()).toContain(`fact_by_hand ${table} ${id}`)
    await asOwner(
      app,
      `update ${table} r set ${field} = (select ${field} from ${kept}) ${where}`,
      `drop table ${kept}`,
    )
    await acceptAuditHead(app.parts.pool, app.parts.keys, '测试')
    expect(await verify()).toEqual([])
  })
})

it('who is in a tube, once it is sealed: exchanged, moved on, taken away, put in', async () => {
  const problems = async () => {
    const { text } = await verifyAudit(app.parts.pool, async () => app.parts.keys, ['--json'])
    const { problems: found } = JSON.parse(text) as {
      problems: { kind: string; object?: string; rowId?: string }[]
    }
    return found
      .filter(({ object, rowId }) => object === 'tube_samples' && (rowId === '11' || rowId === '12'))
      .map(({ kind, rowId }) => `${kind} ${rowId}`)
  }
  const { pool } = app.parts
  for (const nth of [11, 12]) {
    await pool.query((await makeRow(app, 'tubes', nth)).insert)
    for (const place of [1, 2]) {
      const given = {
        tube_id: String(nth),
        nth: String(place),
        person_id: String(nth * 10 + place),
        sampled_window: String(nth * 10 + place),
      }
      await pool.query((await makeRow(app, 'samples', nth * 2 + place, { given })).insert)
    }
  }
  expect(await problems()).toEqual([])
  await pool.query(`update tubes set sealed_at = now() where tube_id in (11, 12)`)
  expect(await problems()).toEqual([])
  await asOwner(app, `create table kept_samples as select * from samples`)
  const restore = () => behindItsBack(`delete from samples`, `insert into samples select * from kept_samples`)
  for (const attack of [
    `update samples set person_id = case person_id when 111 then 112 else 111 end where tube_id = 11`,
    `update samples set request_id = gen_random_uuid() where tube_id = 11 and nth = 1`,
    `delete from samples where tube_id = 11 and nth = 2`,
  ]) {
    await behindItsBack(attack)
    expect(await problems(), attack).toEqual(['fact_changed 11'])
    await restore()
  }
  await behindItsBack(`update samples set tube_id = 12, nth = 3 where tube_id = 11 and nth = 2`)
  expect(await problems()).toEqual(['fact_changed 11', 'fact_changed 12'])
  await restore()
  expect(await problems()).toEqual([])
  // What the server itself does to a sealed tube is noted.
  await pool.query(`delete from samples where tube_id = 11 and nth = 2`)
  expect(await problems()).toEqual([])
  await pool.query(`delete from samples where tube_id = 11`)
  await pool.query(`delete from tubes where tube_id = 11`)
  expect(await problems()).toEqual([])
})
