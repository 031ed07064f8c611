import { asOwner } from './audit-chain.ts'
import type { TestApp } from './test-app.ts'

// Rows made of nothing but their columns, for tests that go over every table alike. What else has to hold of a row is taken
// away from the test's own database first.

interface Shape {
  name: string
  type: string
  needed: boolean
}

export const dropConstraints = async (app: TestApp, tables: readonly string[]): Promise<void> => {
  const { rows } = await app.parts.pool.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as drop from pg_constraint
     where contype in ('c', 'f') and connamespace = 'public'::regnamespace
       and (conrelid::regclass::text = any($1::text[]) or confrelid::regclass::text = any($1::text[]))`,
    [tables],
  )
  await asOwner(app, ...rows.map(({ drop }) => drop))
}

const shapeOf = async (app: TestApp, table: string): Promise<Shape[]> =>
  (
    await app.parts.pool.query<Shape>(
      `select attname as name, format_type(atttypid, null) as type, attnotnull as needed from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    )
  ).rows

/** Some value of a type; another one for another number. */
export const literalOf = (type: string, nth: number): string => {
  if (type.endsWith('[]')) return `'{${type.startsWith('text') ? `x${nth}` : nth}}'`
  if (/int|numeric|real|double/.test(type)) return String(nth)
  if (type === 'bytea') return `sha256('${nth}')`
  if (type === 'uuid') return `'00000000-0000-4000-8000-${String(nth).padStart(12, '0')}'`
  if (type === 'jsonb' || type === 'json') return `'{"n": ${nth}}'`
  if (type === 'boolean') return nth % 2 === 0 ? 'true' : 'false'
  if (type.startsWith('timestamp')) return `'2026-01-${String(nth).padStart(2, '0')} 08:00:00.123+08'`
  return type === 'date' ? `'2026-01-${String(nth).padStart(2, '0')}'` : `'x${nth}'`
}

/** Columns and values of a row: those that are needed, those that are named, and what is given. */
export const makeRow = async (
  app: TestApp,
  table: string,
  nth: number,
  { named = [], given = {} }: { named?: readonly string[]; given?: Record<string, string> } = {},
): Promise<{ insert: string; values: Map<string, string>; types: Map<string, string> }> => {
  const columns = await shapeOf(app, table)
  const values = new Map(
    columns
      .filter(({ name, needed }) => needed || named.includes(name) || name in given)
      .map(({ name, type }) => [name, given[name] ?? literalOf(type, nth)]),
  )
  return {
    insert: `insert into ${table} (${[...values.keys()].join(', ')}) overriding system value values (${[...values.values()].join(', ')})`,
    values,
    types: new Map(columns.map(({ name, type }) => [name, type])),
  }
}
