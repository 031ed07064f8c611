import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { SealedWorkplace } from '../../../keys/workplace.ts'

/** What a row that passed says, as it waits for its effect; each kind fills in its own. */
export interface StagedColumns {
  at: Date | null
  category: string | null
  evidence: string | null
  number: string | null
  result: string | null
  kind: string | null
  data: Record<string, unknown> | null
  workplace: SealedWorkplace | null
  zoneId: string | null
  contactPersonId: string | null
}

export interface StagedRow extends StagedColumns {
  rowNumber: number
  rowKey: Buffer
  documentIndex: Buffer | null
  personId: string | null
}

export interface RefusedRow {
  rowNumber: number
  problems: string[]
  detail: string | null
  cells: Buffer
}

/** Keeps rows; returns the numbers of those that repeat an earlier row, each with the row it repeats. */
export const insertRows = async (
  tx: Transaction,
  importId: string,
  rows: StagedRow[],
): Promise<Map<number, number>> => {
  if (rows.length === 0) return new Map()
  const values = [
    importId,
    rows.map((row) => row.rowNumber),
    rows.map((row) => row.rowKey),
    rows.map((row) => row.documentIndex),
    rows.map((row) => row.personId),
    rows.map((row) => row.at),
    rows.map((row) => row.category),
    rows.map((row) => row.evidence),
    rows.map((row) => row.number),
    rows.map((row) => row.result),
    rows.map((row) => row.kind),
    rows.map((row) => row.data && JSON.stringify(row.data)),
    rows.map((row) => row.workplace?.index ?? null),
    rows.map((row) => row.workplace?.encrypted ?? null),
    rows.map((row) => row.zoneId),
    rows.map((row) => row.contactPersonId),
  ]
  const { rows: kept } = await tx.query<{ row_number: number }>(
    `insert into import_rows (import_id, row_number, row_key, document_index, person_id, at, category, evidence, number, result, kind, data,
       workplace_index, workplace_encrypted, zone_id, contact_person_id)
     select $1::bigint, r.row_number, r.row_key, r.document_index, r.person_id, r.at, r.category, r.evidence, r.number, r.result, r.kind, r.data::jsonb,
       r.workplace_index, r.workplace_encrypted, r.zone_id, r.contact_person_id
     from unnest($2::int[], $3::bytea[], $4::bytea[], $5::bigint[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[],
       $11::text[], $12::text[], $13::bytea[], $14::bytea[], $15::bigint[], $16::bigint[]) as r(row_number, row_key, document_index, person_id, at, category, evidence, number, result, kind, data,
         workplace_index, workplace_encrypted, zone_id, contact_person_id)
     order by r.row_number
     on conflict (import_id, row_key) do nothing returning row_number`,
    values,
  )
  if (kept.length === rows.length) return new Map()
  const there = new Set(kept.map((row) => row.row_number))
  const repeated = rows.filter((row) => !there.has(row.rowNumber))
  const { rows: firsts } = await tx.query<{ row_number: number; repeats: number }>(
    `select q.row_number, i.row_number as repeats from unnest($2::int[], $3::bytea[]) as q(row_number, row_key)
     join import_rows i on i.import_id = $1::bigint and i.row_key = q.row_key`,
    [importId, repeated.map((row) => row.rowNumber), repeated.map((row) => row.rowKey)],
  )
  return new Map(firsts.map((row) => [row.row_number, row.repeats]))
}

export const insertErrors = async (tx: Transaction, importId: string, rows: RefusedRow[]): Promise<void> => {
  await tx.query(
    `insert into import_errors (import_id, row_number, problems, detail, cells)
     select $1::bigint, r.row_number, string_to_array(r.problems, ','), r.detail, r.cells
     from unnest($2::int[], $3::text[], $4::text[], $5::bytea[]) as r(row_number, problems, detail, cells)`,
    [
      importId,
      rows.map((row) => row.rowNumber),
      rows.map((row) => row.problems.join(',')),
      rows.map((row) => row.detail),
      rows.map((row) => row.cells),
    ],
  )
}

export interface KnownPerson {
  personId: string
  nameEncrypted: Buffer
}

/** Persons by the blind indexes (hex) of their documents. */
export const findPersons = async (db: Queryable, indexes: Buffer[]): Promise<Map<string, KnownPerson>> => {
  const { rows } = await db.query<{ document_index: Buffer; person_id: string; name_encrypted: Buffer }>(
    `select d.document_index, d.person_id, p.name_encrypted from identity_documents d join persons p using (person_id)
     where d.document_index = any($1::bytea[])`,
    [indexes],
  )
  return new Map(
    rows.map((row) => [
      row.document_index.toString('hex'),
      { personId: row.person_id, nameEncrypted: row.name_encrypted },
    ]),
  )
}

export const listDivisionCodes = async (db: Queryable): Promise<Set<string>> =>
  new Set((await db.query<{ code: string }>(`select code from divisions`)).rows.map((row) => row.code))

export interface PersonRow {
  person_id: string
  row_number: number
  at: Date
  category: string | null
  number: string | null
  result: 'negative' | 'positive' | null
  kind: 'single' | 'pooled' | null
  /** Since when the contact on whom the row hangs is confirmed, known already or by the list itself. */
  contact_positive_at: Date | null
}

/** Rows of the next persons by number, each person whole. */
export const listPersonRows = async (
  db: Queryable,
  importId: string,
  afterPerson: string,
  limit: number,
): Promise<PersonRow[]> =>
  (
    await db.query<PersonRow>(
      `select r.person_id, r.row_number, r.at, r.category, r.number, r.result, r.kind,
         case when r.contact_person_id is not null then (
           select min(c.at) from (
             select anchor_at as at from findings where person_id = r.contact_person_id and category = 'confirmed' and withdrawn_at is null
               and (ended_at is null or ended_at > r.at)
             union all select at from import_rows
             where import_id = $1::bigint and person_id = r.contact_person_id and category = 'confirmed') c) end as contact_positive_at
       from import_rows r
       join (select distinct person_id from import_rows where import_id = $1::bigint and person_id > $2::bigint and at is not null
             order by person_id limit $3::int) p using (person_id)
       where r.import_id = $1::bigint and r.at is not null order by r.person_id`,
      [importId, afterPerson, limit],
    )
  ).rows

export const countStaged = async (
  db: Queryable,
  importId: string,
): Promise<{ persons: number; unregistered: number; rows: number; last: number }> => {
  const { rows } = await db.query<{ persons: number; unregistered: number; rows: number; last: number }>(
    `select count(distinct person_id)::int as persons, count(distinct document_index) filter (where person_id is null)::int as unregistered,
       count(*)::int as rows, coalesce(max(row_number), 0) as last
     from import_rows where import_id = $1::bigint`,
    [importId],
  )
  return rows[0] ?? { persons: 0, unregistered: 0, rows: 0, last: 0 }
}

export const countCategories = async (
  db: Queryable,
  importId: string,
): Promise<{ category: string; rows: number }[]> =>
  (
    await db.query<{ category: string; rows: number }>(
      `select coalesce(category, result, data ->> 'level', data ->> 'kind', data ->> 'action') as category, count(*)::int as rows
       from import_rows where import_id = $1::bigint group by 1 order by 2 desc, 1 limit 100`,
      [importId],
    )
  ).rows

export interface StagedCategory {
  category: string | null
  result: 'negative' | 'positive' | null
  kind: 'single' | 'pooled' | null
  /** People who have not registered. */
  unregistered: number
}

/** What the rows about people say, and of how many people who are not here yet. */
export const listStagedCategories = async (db: Queryable, importId: string): Promise<StagedCategory[]> =>
  (
    await db.query<StagedCategory>(
      `select category, result, kind, count(distinct document_index) filter (where person_id is null)::int as unregistered
       from import_rows where import_id = $1::bigint and document_index is not null group by 1, 2, 3`,
      [importId],
    )
  ).rows

/** Each person once, whatever number of rows names them: those not here yet of whom one of the given kinds of row speaks. */
export const countUnregistered = async (
  db: Queryable,
  importId: string,
  of: readonly StagedCategory[],
): Promise<number> =>
  (
    await db.query<{ persons: number }>(
      `select count(distinct r.document_index)::int as persons
       from import_rows r
       join unnest($2::text[], $3::text[], $4::text[]) as w(category, result, kind)
         on (r.category, r.result, r.kind) is not distinct from (w.category, w.result, w.kind)
       where r.import_id = $1::bigint and r.person_id is null and r.document_index is not null`,
      [importId, of.map((each) => each.category), of.map((each) => each.result), of.map((each) => each.kind)],
    )
  ).rows[0]?.persons ?? 0

export interface SampleRow {
  row_number: number
  name_masked: string | null
  person_id: string | null
  document_number_encrypted: Buffer | null
  what: string | null
  at: Date | null
  name: string | null
  workplace_index: Buffer | null
  workplace_encrypted: Buffer | null
  zone_name: string | null
  contact_name: string | null
}

/** The first rows, and as many by chance from the others. */
export const listSample = async (db: Queryable, importId: string, each: number): Promise<SampleRow[]> =>
  (
    await db.query<SampleRow>(
      `with first as (
         select row_number from import_rows where import_id = $1::bigint order by row_number limit $2::int
       ), drawn as (
         select distinct 1 + floor(random() * (select max(row_number) from import_rows where import_id = $1::bigint))::int as row_number
         from generate_series(1, $2::int * 3)
       ), chance as (
         select row_number from drawn join import_rows using (row_number)
         where import_id = $1::bigint and row_number not in (select row_number from first) limit $2::int
       )
       select r.row_number, p.name_masked, p.person_id, p.document_number_encrypted, r.at, r.data ->> 'name' as name, r.workplace_index, r.workplace_encrypted,
         z.name as zone_name, c.name_masked as contact_name,
         coalesce(r.category, r.result, r.data ->> 'level', r.data ->> 'kind', r.data ->> 'action') as what
       from import_rows r left join persons p using (person_id)
       left join zones z using (zone_id) left join persons c on c.person_id = r.contact_person_id
       where r.import_id = $1::bigint and r.row_number in (select row_number from first union select row_number from chance)
       order by r.row_number`,
      [importId, each],
    )
  ).rows
