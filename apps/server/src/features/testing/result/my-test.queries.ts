import type { Queryable } from '../../../db/pool.ts'

export interface MyTestRow {
  test_id: string | null
  reached: boolean
  sampled_at: Date
  kind: 'single' | 'pooled'
  result: 'negative' | 'positive' | null
  received_at: Date | null
  handed_over_at: Date | null
  reported_at: Date | null
  site_name: string | null
  laboratory: string | null
}

/** Samples taken here with their results, and results from elsewhere, since an instant; the latest first. */
export const listTests = async (db: Queryable, personIds: string[], since: Date): Promise<MyTestRow[]> =>
  (
    await db.query<MyTestRow>(
      `with sampled as (
         select s.sampled_at, t.barcode, case when t.capacity = 1 then 'single' else 'pooled' end as kind, t.received_at,
           b.handed_over_at, site.name as site_name
         from samples s join tubes t using (tube_id) join test_sites site on site.site_id = s.site_id
         left join sample_boxes b using (box_id)
         where s.person_id = any($1::bigint[]) and s.sampled_at >= $2::timestamptz
       ), told as (
         select r.test_id, r.sampled_at, r.laboratory_number, r.kind, r.result, r.reported_at, r.source,
           exists (select from result_calls c where c.test_id = r.test_id and c.revision = r.revision and c.outcome = 'reached') as reached
         from test_results r where r.person_id = any($1::bigint[]) and r.sampled_at >= $2::timestamptz and r.withdrawn_at is null
       )
       select r.test_id, coalesce(r.reached, false) as reached, coalesce(s.sampled_at, r.sampled_at) as sampled_at, coalesce(r.kind, s.kind) as kind, r.result, s.received_at,
         s.handed_over_at, r.reported_at, s.site_name, r.source as laboratory
       from sampled s full join told r on r.laboratory_number = s.barcode
       order by 1 desc limit 100`,
      [personIds, since],
    )
  ).rows
