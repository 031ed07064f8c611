import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { Transaction } from '../../../db/pool.ts'

/** The only open code of a device: one that was made before is of no more use. */
export const replaceOffer = async (
  tx: Transaction,
  offer: { codeHash: Buffer; deviceId: string; madeBy: string; at: Date; expiresAt: Date },
): Promise<void> => {
  await tx.query('delete from device_enrolments where device_id = $1::uuid and used_at is null', [
    offer.deviceId,
  ])
  await tx.query(
    `insert into device_enrolments (code_hash, device_id, made_by, made_at, expires_at)
     values ($1::bytea, $2::uuid, $3::bigint, $4::timestamptz, $5::timestamptz)`,
    [offer.codeHash, offer.deviceId, offer.madeBy, offer.at, offer.expiresAt],
  )
}

export interface OfferRow {
  device_id: string
  name: string
  point_id: number
  point_name: string
  venue_name: string
  kind: VenueKind
  made_by: string
  organisation: string
  is_open: boolean
  /** Its maker may still enrol phones, and its door is open. */
  is_maker_good: boolean
}

/** Held until commit: of two phones that read one code the first one has it. */
export const lockOffer = async (
  tx: Transaction,
  codeHash: Buffer,
  now: Date,
): Promise<OfferRow | undefined> =>
  (
    await tx.query<OfferRow>(
      `select e.device_id, d.name, d.point_id, pt.name as point_name, v.name as venue_name, v.kind, e.made_by, o.organisation,
         e.used_at is null and e.expires_at > $2::timestamptz and d.revoked_at is null as is_open,
         o.active and o.roles && array['checker', 'venue_manager', 'office', 'hq'] and pt.state = 'active' and v.state = 'active' as is_maker_good
       from device_enrolments e join devices d using (device_id) join operators o on o.operator_id = e.made_by
       join venue_points pt on pt.point_id = d.point_id join venues v on v.venue_id = pt.venue_id
       where e.code_hash = $1::bytea for update of e`,
      [codeHash, now],
    )
  ).rows[0]

export const useOffer = async (
  tx: Transaction,
  codeHash: Buffer,
  nextDeviceId: string,
  now: Date,
): Promise<void> => {
  await tx.query(
    'update device_enrolments set used_at = $2::timestamptz, next_device_id = $3::uuid where code_hash = $1::bytea',
    [codeHash, now, nextDeviceId],
  )
}

export const OLD_ENROLMENTS = `delete from device_enrolments where code_hash in (
  select code_hash from device_enrolments where made_at < $1::timestamptz - interval '1 day' limit $2::int)`
