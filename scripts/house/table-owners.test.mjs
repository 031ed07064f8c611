import { describe, expect, it } from 'vitest'
import { checkTableOwners, findForeignWrites, listTables } from './table-owners.mjs'

const owners = { findings: 'features/colours/facts', notices: 'features/ledger/notice' }
const elsewhere = 'apps/server/src/features/measures/zone/zone.queries.ts'
const at = 'apps/server/src/features/colours/facts/findings.queries.ts'

describe('a table has one writing feature', () => {
  it.each([
    'insert into findings (person_id) values (1)',
    'update findings f set ended_at = now()',
    'update only findings set ended_at = now()',
    'delete from findings where true',
    'merge into findings using x on true when matched then delete',
    'truncate findings',
    'with gone as (\n  INSERT INTO\n  findings select 1)',
  ])('found elsewhere: %s', (sql) => {
    const text = `const SQL = \`${sql}\``
    expect(findForeignWrites(elsewhere, text, owners)).toEqual([
      `${elsewhere}: writes findings, whose owner is features/colours/facts (db/owners.json)`,
    ])
    expect(findForeignWrites(at, text, owners)).toEqual([])
  })

  it.each([
    'select 1 from findings for update of findings',
    'insert into notices_of_others values (1)',
    '// insert into findings is said in a comment only\n',
  ])('not found: %s', (text) => expect(findForeignWrites(elsewhere, text, owners)).toEqual([]))

  it('a table without an owner, an owner without a table, and a folder that is not there', async () => {
    const schema =
      'create table findings (\ncreate unlogged table counters (\ncreate table visits_2026 partition of x'
    expect(listTables(schema)).toEqual(['findings', 'counters'])
    const texts = { 'db/owners.json': JSON.stringify(owners), 'db/schema.sql': schema, [at]: '' }
    const findings = await checkTableOwners([at], async (path) => texts[path])
    expect(findings).toEqual([
      'db/owners.json: counters has no owner',
      'db/owners.json: there is no table notices',
      'db/owners.json: features/ledger/notice, owner of notices, is no folder of the server',
    ])
  })
})
