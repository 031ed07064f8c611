import type { TubeKind } from '@jiankangbao/domain/testing/tube-barcode'
import type { TubeResult } from '@jiankangbao/domain/testing/tube-result'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface TubeRow {
  tube_id: string
  barcode: string
  kind: TubeKind
  capacity: number
  shift_id: string
  site_id: number
  opened_by: string
  opened_at: Date
  sealed_at: Date | null
  sealed_count: number | null
  seal_request_id: string | null
  request_id: string
  box_id: string | null
  received_at: Date | null
  result: TubeResult | null
  resulted_at: Date | null
  partner_id: string | null
  moved_to: string | null
  handed_over: boolean
  taken: number
}

const TUBE = `select t.*, coalesce((select b.handed_over_at is not null from sample_boxes b where b.box_id = t.box_id), false) as handed_over,
  (select count(*)::int from samples s where s.tube_id = t.tube_id) as taken
from tubes t`

/** Writes a tube; undefined where its code was used before. */
export const insertTube = async (
  tx: Transaction,
  tube: {
    barcode: string
    kind: TubeKind
    capacity: number
    shiftId: string
    siteId: number
    operatorId: string
    openedAt: Date
    requestId: string
  },
): Promise<string | undefined> =>
  (
    await tx.query<{ tube_id: string }>(
      `insert into tubes (barcode, kind, capacity, shift_id, site_id, opened_by, opened_at, request_id)
       values ($1::text, $2::text, $3::smallint, $4::bigint, $5::int, $6::bigint, $7::timestamptz, $8::uuid)
       on conflict do nothing returning tube_id`,
      [
        tube.barcode,
        tube.kind,
        tube.capacity,
        tube.shiftId,
        tube.siteId,
        tube.operatorId,
        tube.openedAt,
        tube.requestId,
      ],
    )
  ).rows[0]?.tube_id

export const findTube = async (
  db: Queryable,
  barcode: string,
  lock: '' | 'for update' = '',
): Promise<TubeRow | undefined> => {
  // Held first: what is counted afterwards is what will be there.
  if (lock) await db.query(`select from tubes where barcode = $1::text for update`, [barcode])
  return (await db.query<TubeRow>(`${TUBE} where t.barcode = $1::text`, [barcode])).rows[0]
}

export const listTubesOfShift = async (db: Queryable, shiftId: string, limit: number): Promise<TubeRow[]> =>
  (
    await db.query<TubeRow>(
      `${TUBE} where t.shift_id = $1::bigint and t.moved_to is null order by t.tube_id desc limit $2::int`,
      [shiftId, limit],
    )
  ).rows

export const setSealed = async (
  tx: Transaction,
  tubeId: string,
  seal: { at: Date; count: number; requestId: string },
): Promise<void> => {
  await tx.query(
    `update tubes set sealed_at = $2::timestamptz, sealed_count = $3::smallint, seal_request_id = $4::uuid where tube_id = $1::bigint`,
    [tubeId, seal.at, seal.count, seal.requestId],
  )
}

/** What counts of tubes from now on; null where nothing does any more. */
export const setTubeResults = async (
  tx: Transaction,
  results: { tubeId: string; result: TubeResult | null; partnerId: string }[],
  at: Date,
): Promise<void> => {
  await tx.query(
    `update tubes t set result = r.result, resulted_at = case when r.result is not null then $4::timestamptz end,
       partner_id = case when r.result is not null then r.partner_id end
     from unnest($1::bigint[], $2::text[], $3::bigint[]) as r(tube_id, result, partner_id) where t.tube_id = r.tube_id`,
    [
      results.map(({ tubeId }) => tubeId),
      results.map(({ result }) => result),
      results.map(({ partnerId }) => partnerId),
      at,
    ],
  )
}

export interface LaboratoryTube {
  tube_id: string
  barcode: string
  capacity: number
  sealed_at: Date | null
  sealed_count: number | null
  received_at: Date | null
  result: TubeResult | null
  /** The laboratory that its box went to. */
  box_partner_id: string | null
  taken: number
}

/** Tubes by their codes, held until commit, in one order. */
export const lockTubes = async (
  tx: Transaction,
  barcodes: string[],
): Promise<Map<string, LaboratoryTube>> => {
  await tx.query(`select from tubes where barcode = any($1::text[]) order by barcode for update`, [barcodes])
  const { rows } = await tx.query<LaboratoryTube>(
    `select t.tube_id, t.barcode, t.capacity, t.sealed_at, t.sealed_count, t.received_at, t.result, b.partner_id as box_partner_id,
       (select count(*)::int from samples s where s.tube_id = t.tube_id) as taken
     from tubes t left join sample_boxes b using (box_id) where t.barcode = any($1::text[]) and t.moved_to is null`,
    [barcodes],
  )
  return new Map(rows.map((row) => [row.barcode, row]))
}

/** Codes of these that are tubes filled here. */
export const findTubesHere = async (db: Queryable, barcodes: string[]): Promise<Set<string>> =>
  new Set(
    (
      await db.query<{ barcode: string }>(`select barcode from tubes where barcode = any($1::text[])`, [
        barcodes,
      ])
    ).rows.map(({ barcode }) => barcode),
  )

export interface TubePerson {
  barcode: string
  person_id: string | null
  document_index: Buffer | null
  sampled_at: Date
}

/** Who is in the tubes, under their numbers here or, where that is all there is, the index of their document. */
export const listPeopleIn = async (db: Queryable, tubeIds: string[]): Promise<TubePerson[]> =>
  (
    await db.query<TubePerson>(
      `select t.barcode, coalesce(s.person_id, d.person_id) as person_id, s.document_index, s.sampled_at
       from samples s join tubes t using (tube_id)
       left join identity_documents d on d.document_index = s.document_index
       where s.tube_id = any($1::bigint[]) order by s.tube_id, s.nth`,
      [tubeIds],
    )
  ).rows
