import type { Queryable } from './pool.ts'

/**
 * Ids of rows that are about to be inserted: what is encrypted for a row alone has to know it before. Insert them with
 * `overriding system value`.
 */
export const takeIds = async (
  db: Queryable,
  table: string,
  column: string,
  count: number,
): Promise<string[]> =>
  (
    await db.query<{ id: string }>({
      name: `take-ids-${table}`,
      text: `select nextval(pg_get_serial_sequence($1::text, $2::text))::text as id from generate_series(1, $3::int)`,
      values: [table, column, count],
    })
  ).rows.map(({ id }) => id)

export const takeId = async (db: Queryable, table: string, column: string): Promise<string> => {
  const [id] = await takeIds(db, table, column, 1)
  if (id === undefined) throw new Error(`no id for ${table}`)
  return id
}
