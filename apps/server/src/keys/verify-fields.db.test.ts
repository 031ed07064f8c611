import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asOwner } from '../../test/audit-chain.ts'
import { dropConstraints, makeRow } from '../../test/made-rows.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import {
  ENCRYPTED_FIELDS,
  type EncryptedColumn,
  type EncryptedField,
  inStoredRow,
  listEncryptedFields,
} from './encrypted-fields.ts'
import { verifyFields } from './verify-fields.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  await dropConstraints(app, tables())
})
afterAll(() => app.close())

const columnOf = (field: EncryptedField): EncryptedColumn => ENCRYPTED_FIELDS[field]
const tables = () => [...new Set(listEncryptedFields().map((field) => columnOf(field).table))]

/** Problems of one column: what else stands in its rows is no ciphertext here. */
const find = async (of: EncryptedField): Promise<string[]> => {
  const problems: string[] = []
  await verifyFields(app.parts.pool, app.parts.keys, ({ field, row }) => {
    if (field === of) problems.push(row)
  })
  return problems.sort()
}

/** A row whose document holds the value and the key for which it was encrypted. */
const insertDocument = async (field: EncryptedField, nth: number): Promise<string> => {
  const { table, column, json = '', jsonKey = '', isList } = columnOf(field)
  const row = createHash('sha256').update(`${nth}`).digest('hex')
  const sealed = app.parts.encryption.encrypt(`${field} ${nth}`, inStoredRow(field, row))
  const document = { [jsonKey]: row, [json]: sealed.toString('base64') }
  const stored = JSON.stringify(isList ? [{ kind: 'other' }, document] : document)
  const { insert } = await makeRow(app, table, nth, { given: { [column]: `'${stored}'` } })
  await asOwner(app, 'set session_replication_role = replica', insert)
  return row
}

/** A row with a value in this column, as the server would encrypt it. */
const insertRow = async (field: EncryptedField, nth: number): Promise<string> => {
  const { table, column, key, json, jsonKey } = columnOf(field)
  if (jsonKey !== undefined) return insertDocument(field, nth)
  const { values, types } = await makeRow(app, table, nth, { named: key })
  const rowKey = key.map((part) => {
    const value = values.get(part) ?? ''
    return types.get(part) === 'bytea' ? `encode(${value}, 'hex')` : `(${value})::text`
  })
  const { rows } = await app.parts.pool.query<{ row: string }>(`select ${rowKey.join(` || ':' || `)} as row`)
  const row = rows[0]?.row ?? ''
  const sealed = app.parts.encryption.encrypt(`${field} ${nth}`, inStoredRow(field, row))
  const stored =
    json === undefined
      ? `'\\x${sealed.toString('hex')}'`
      : `'${JSON.stringify({ [json]: sealed.toString('base64') })}'`
  const { insert } = await makeRow(app, table, nth, { named: key, given: { [column]: stored } })
  await asOwner(app, 'set session_replication_role = replica', insert)
  return row
}

const exchange = (field: EncryptedField) => {
  const { table, column, json, jsonKey, isList } = columnOf(field)
  const path = isList ? `{1,${json}}` : `{${json}}`
  if (jsonKey !== undefined)
    return asOwner(
      app,
      'set session_replication_role = replica',
      `update ${table} t set ${column} = jsonb_set(t.${column}, '${path}', o.${column} #> '${path}') from ${table} o
       where t.ctid <> o.ctid`,
    )
  return asOwner(
    app,
    'set session_replication_role = replica',
    `update ${table} t set ${column} = o.${column} from ${table} o
     where t.${column} is not null and o.${column} is not null and t.ctid <> o.ctid`,
  )
}

describe('values exchanged between two rows are found', () => {
  it.each(listEncryptedFields())('%s', async (field) => {
    const { table } = columnOf(field)
    const written = [await insertRow(field, 1), await insertRow(field, 2)]
    expect(await find(field)).toEqual([])
    await exchange(field)
    expect(await find(field)).toEqual(written.sort())
    await exchange(field)
    expect(await find(field)).toEqual([])
    await asOwner(app, 'set session_replication_role = replica', `delete from ${table}`)
  })
})

it('knows every encrypted column that there is', async () => {
  const { rows } = await app.parts.pool.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname like '%\\_encrypted' and not a.attisdropped`,
  )
  const known = listEncryptedFields().map((field) => `${columnOf(field).table}.${columnOf(field).column}`)
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
  expect(rows.length).toBeGreaterThan(30)
})

it('a value in a document that is no base64 is found, and stops nothing', async () => {
  const row = await insertRow('venues.pending_responsible_name', 5)
  await asOwner(
    app,
    'set session_replication_role = replica',
    `update venues set pending_change = '{"responsibleNameEncrypted": "张三"}'`,
  )
  expect(await find('venues.pending_responsible_name')).toEqual([row])
  await asOwner(app, 'set session_replication_role = replica', 'delete from venues')
})

it('a value put back from another column or an older key, and one that is cut short, are found', async () => {
  const row = await insertRow('persons.name', 7)
  await insertRow('persons.name', 8)
  const set = (value: Buffer) =>
    asOwner(
      app,
      'set session_replication_role = replica',
      `update persons set name_encrypted = '\\x${value.toString('hex')}' where person_id = ${row}`,
    )
  const own = app.parts.encryption.encrypt('张三', inStoredRow('persons.name', row))
  await set(app.parts.encryption.encrypt('张三', inStoredRow('persons.document_number', row)))
  expect(await find('persons.name')).toEqual([row])
  await set(own.subarray(0, -1))
  expect(await find('persons.name')).toEqual([row])
  // As if it had been encrypted for the column alone.
  const unbound = Buffer.from(own)
  unbound.writeUInt8(1, 0)
  await set(unbound)
  expect(await find('persons.name')).toEqual([row])
  await set(own)
  expect(await find('persons.name')).toEqual([])
})
