import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface SheetRow {
  test_id: string
  revision: number
  person_id: string
  name_masked: string
  result: 'negative' | 'positive'
  kind: 'single' | 'pooled'
  sampled_at: Date
  received_at: Date | null
  reported_at: Date
  site_name: string | null
  source: string
  reached: boolean
}

// The tube is there for tubes filled here, as long as they are kept.
const RESULT = `select r.test_id, r.revision, r.person_id, p.name_masked, r.result, r.kind, r.sampled_at, t.received_at, r.reported_at, site.name as site_name,
  r.source, exists (select from result_calls c where c.test_id = r.test_id and c.revision = r.revision and c.outcome = 'reached') as reached
from test_results r join persons p using (person_id)
left join tubes t on t.barcode = r.laboratory_number left join test_sites site on site.site_id = t.site_id`

/** A result that counts, of this person. */
export const findResult = async (
  db: Queryable,
  testId: string,
  personId: string,
): Promise<SheetRow | undefined> =>
  (
    await db.query<SheetRow>(
      `${RESULT} where r.test_id = $1::bigint and r.person_id = $2::bigint and r.withdrawn_at is null`,
      [testId, personId],
    )
  ).rows[0]

export interface IssuedSheet {
  sheet_id: Buffer
  issued_at: Date
}

/** The sheet of a result as it is now; the first one stays, however often it is asked for. */
export const issueSheet = async (
  tx: Transaction,
  sheet: { sheetId: Buffer; testId: string; revision: number; personId: string; at: Date },
): Promise<IssuedSheet | undefined> => {
  await tx.query(
    `insert into result_sheets (sheet_id, test_id, revision, person_id, issued_at)
     values ($1::bytea, $2::bigint, $3::int, $4::bigint, $5::timestamptz) on conflict do nothing`,
    [sheet.sheetId, sheet.testId, sheet.revision, sheet.personId, sheet.at],
  )
  const { rows } = await tx.query<IssuedSheet>(
    `select sheet_id, issued_at from result_sheets where test_id = $1::bigint and revision = $2::int`,
    [sheet.testId, sheet.revision],
  )
  return rows[0]
}

/** What a sheet stands for: the result where it is what was printed, else nothing but the day of issue. */
export const findSheet = async (
  db: Queryable,
  sheetId: Buffer,
): Promise<{ issued_at: Date; test_id: string; person_id: string; holds: boolean } | undefined> =>
  (
    await db.query<{ issued_at: Date; test_id: string; person_id: string; holds: boolean }>(
      `select s.issued_at, s.test_id, s.person_id,
         exists (select from test_results r where r.test_id = s.test_id and r.person_id = s.person_id and r.revision = s.revision and r.withdrawn_at is null) as holds
       from result_sheets s where s.sheet_id = $1::bytea`,
      [sheetId],
    )
  ).rows[0]

export const OLD_SHEETS = `delete from result_sheets where sheet_id in (
  select sheet_id from result_sheets where issued_at < $1::timestamptz limit $2::int)`
