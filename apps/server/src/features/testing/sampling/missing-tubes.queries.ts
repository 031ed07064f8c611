import type { Transaction } from '../../../db/pool.ts'

export interface MissingOfSite {
  site_id: number
  name: string
  division_code: string
  count: number
  /** The one that waits longest. */
  barcode: string
}

/** Marks tubes sealed before and not received as told of; how many of each site, by site. */
export const markMissing = async (tx: Transaction, at: Date, before: Date): Promise<MissingOfSite[]> =>
  (
    await tx.query<MissingOfSite>(
      `with late as (
         select tube_id from tubes where received_at is null and missed_at is null and moved_to is null and sealed_at < $2::timestamptz
         order by sealed_at limit 5000 for update skip locked
       ), told as (
         update tubes t set missed_at = $1::timestamptz from late where t.tube_id = late.tube_id
         returning t.site_id, t.barcode, t.sealed_at
       )
       select s.site_id, s.name, s.division_code, count(*)::int as count, (array_agg(told.barcode order by told.sealed_at))[1] as barcode
       from told join test_sites s using (site_id) group by s.site_id order by s.site_id`,
      [at, before],
    )
  ).rows
