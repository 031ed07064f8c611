import type { Queryable } from '../../db/pool.ts'

export const insertDevice = async (
  db: Queryable,
  device: { deviceId: string; pointId: string; name: string; registeredBy: string; expiresAt: Date },
): Promise<void> => {
  await db.query(
    `insert into devices (device_id, point_id, name, registered_by, expires_at) values ($1::uuid, $2::int, $3::text, $4::bigint, $5::timestamptz)`,
    [device.deviceId, device.pointId, device.name, device.registeredBy, device.expiresAt],
  )
}

/** A device that may check now. */
export const findDevice = async (
  db: Queryable,
  deviceId: string,
  now: Date,
): Promise<{ point_id: number } | undefined> => {
  const { rows } = await db.query<{ point_id: number }>(
    `select point_id from devices where device_id = $1::uuid and revoked_at is null and expires_at > $2::timestamptz`,
    [deviceId, now],
  )
  return rows[0]
}
