import type { TubeResult } from '@jiankangbao/domain/testing/tube-result'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface BoxRow {
  box_id: string
  barcode: string
  site_id: number
  site_name: string
  opened_at: Date
  handed_over_at: Date | null
  handed_over_tubes: number | null
  hand_over_request_id: string | null
  carrier: string | null
  partner_id: string | null
  laboratory: string | null
  received_at: Date | null
  receipt_request_id: string | null
  tubes: number
}

const BOX = `select b.*, t.name as site_name, l.name as laboratory,
  (select count(*)::int from tubes x where x.box_id = b.box_id) as tubes
from sample_boxes b join test_sites t using (site_id) left join partners l using (partner_id)`

export const listLaboratories = async (db: Queryable): Promise<{ partnerId: string; name: string }[]> =>
  (
    await db.query<{ partner_id: string; name: string }>(
      `select partner_id, name from partners where kind = 'laboratory' and revoked_at is null order by name limit 500`,
    )
  ).rows.map((row) => ({ partnerId: row.partner_id, name: row.name }))

/** The laboratory of this name, which is the organisation of its people. */
export const findLaboratory = async (
  db: Queryable,
  name: string,
): Promise<{ partnerId: string; name: string } | undefined> => {
  const { rows } = await db.query<{ partner_id: string }>(
    `select partner_id from partners where kind = 'laboratory' and revoked_at is null and name = $1::text`,
    [name],
  )
  return rows[0] && { partnerId: rows[0].partner_id, name }
}

/** Opens a box unless it is there. */
export const insertBox = async (
  tx: Transaction,
  box: { barcode: string; siteId: number; operatorId: string; at: Date; requestId: string },
): Promise<void> => {
  await tx.query(
    `insert into sample_boxes (barcode, site_id, opened_by, opened_at, request_id)
     values ($1::text, $2::int, $3::bigint, $4::timestamptz, $5::uuid) on conflict (barcode) do nothing`,
    [box.barcode, box.siteId, box.operatorId, box.at, box.requestId],
  )
}

export const findBox = async (tx: Transaction, barcode: string): Promise<BoxRow | undefined> => {
  await tx.query(`select from sample_boxes where barcode = $1::text for update`, [barcode])
  return (await tx.query<BoxRow>(`${BOX} where b.barcode = $1::text`, [barcode])).rows[0]
}

export const putIntoBox = async (tx: Transaction, tubeId: string, boxId: string): Promise<void> => {
  await tx.query(`update tubes set box_id = $2::bigint where tube_id = $1::bigint`, [tubeId, boxId])
}

export const setHandedOver = async (
  tx: Transaction,
  boxId: string,
  by: { at: Date; operatorId: string; tubes: number; carrier: string; partnerId: string; requestId: string },
): Promise<void> => {
  await tx.query(
    `update sample_boxes set handed_over_at = $2::timestamptz, handed_over_by = $3::bigint, handed_over_tubes = $4::smallint,
       carrier = $5::text, partner_id = $6::bigint, hand_over_request_id = $7::uuid where box_id = $1::bigint`,
    [boxId, by.at, by.operatorId, by.tubes, by.carrier, by.partnerId, by.requestId],
  )
}

export const setReceived = async (
  tx: Transaction,
  boxId: string,
  by: { at: Date; operatorId: string; tubes: number; requestId: string },
): Promise<void> => {
  await tx.query(
    `update sample_boxes set received_at = $2::timestamptz, received_by = $3::bigint, received_tubes = $4::smallint, receipt_request_id = $5::uuid
     where box_id = $1::bigint`,
    [boxId, by.at, by.operatorId, by.tubes, by.requestId],
  )
  await tx.query(`update tubes set received_at = $2::timestamptz where box_id = $1::bigint`, [boxId, by.at])
}

export const listBoxesOfSite = async (db: Queryable, siteId: number, since: Date): Promise<BoxRow[]> =>
  (
    await db.query<BoxRow>(
      `${BOX} where b.site_id = $1::int and b.opened_at >= $2::timestamptz order by b.box_id desc limit 200`,
      [siteId, since],
    )
  ).rows

/** On their way to a laboratory, and received there since. */
export const listBoxesOfLaboratory = async (
  db: Queryable,
  partnerId: string,
  since: Date,
): Promise<BoxRow[]> =>
  (
    await db.query<BoxRow>(
      `${BOX} where b.partner_id = $1::bigint and (b.received_at is null or b.received_at >= $2::timestamptz)
       order by b.received_at desc nulls first, b.handed_over_at limit 300`,
      [partnerId, since],
    )
  ).rows

export const listContents = async (
  db: Queryable,
  boxIds: string[],
): Promise<{ box_id: string; barcode: string; result: TubeResult | null }[]> =>
  (
    await db.query<{ box_id: string; barcode: string; result: TubeResult | null }>(
      `select box_id, barcode, result from tubes where box_id = any($1::bigint[]) order by tube_id`,
      [boxIds],
    )
  ).rows
