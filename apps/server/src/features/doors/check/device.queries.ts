import type { DeviceState } from '@jiankangbao/domain/vocabulary/doors'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export const insertDevice = async (
  db: Queryable,
  device: { deviceId: string; pointId: string; name: string; registeredBy: string; expiresAt: Date },
): Promise<void> => {
  await db.query(
    `insert into devices (device_id, point_id, name, registered_by, expires_at) values ($1::uuid, $2::int, $3::text, $4::bigint, $5::timestamptz)`,
    [device.deviceId, device.pointId, device.name, device.registeredBy, device.expiresAt],
  )
}

// A phone is its maker's right at one door: it ends with any of them. Whoever may no longer check made it for nobody.
const STATE = `case
  when d.revoked_at is not null then 'revoked'
  when d.expires_at <= $1::timestamptz then 'expired'
  when not o.active or not o.roles && array['checker', 'venue_manager', 'office', 'hq'] then 'maker_ended'
  when pt.state <> 'active' then 'point_closed'
  when v.state <> 'active' then 'venue_not_active'
  else 'active' end`

const DEVICES = `devices d
  join operators o on o.operator_id = d.registered_by
  join venue_points pt on pt.point_id = d.point_id
  join venues v on v.venue_id = pt.venue_id`

/** Whether a device may check now. */
export const isDeviceGood = async (db: Queryable, deviceId: string, now: Date): Promise<boolean> => {
  const { rows } = await db.query<{ state: string }>({
    name: 'device-state',
    text: `select ${STATE} as state from ${DEVICES} where d.device_id = $2::uuid`,
    values: [now, deviceId],
  })
  return rows[0]?.state === 'active'
}

export interface DeviceScope {
  operatorId: string
  /** Of headquarters and offices: all devices of the division; null for the others. */
  divisionPrefix: string | null
  /** Of venue managers: all devices of their venues. */
  ofVenues: boolean
}

// And whatever one enrolled oneself.
const IN_SCOPE = `(
  $2::text is not null and starts_with(v.division_code, $2::text)
  or $3::boolean and exists (select from venue_managers m where m.operator_id = $4::bigint and m.venue_id = v.venue_id)
  or d.registered_by = $4::bigint)`

const scopeValues = (now: Date, { divisionPrefix, ofVenues, operatorId }: DeviceScope): unknown[] => [
  now,
  divisionPrefix,
  ofVenues,
  operatorId,
]

export interface DeviceRow {
  device_id: string
  name: string
  state: DeviceState
  point_id: number
  point_name: string
  venue_id: number
  venue_name: string
  division_name: string
  maker_name: string
  maker_organisation: string
  registered_at: Date
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
  revoked_reason: string | null
  revoker_organisation: string | null
}

// The last use stands in the checks of the last day on which there were any: two looks into an index (caller, day), and
// nothing is written when a device checks.
const SELECT = `select d.device_id, d.name, ${STATE} as state, d.point_id, pt.name as point_name, v.venue_id, v.name as venue_name,
    n.name as division_name, o.display_name as maker_name, o.organisation as maker_organisation, d.registered_at, d.expires_at,
    u.last_used_at, d.revoked_at, d.revoked_reason, r.organisation as revoker_organisation
  from ${DEVICES}
  join divisions n on n.code = v.division_code
  left join operators r on r.operator_id = d.revoked_by
  left join lateral (
    select max(k.checked_at) as last_used_at from checks k
    where k.caller = 'device:' || d.device_id and k.checked_on = (
      select max(l.checked_on) from checks l where l.caller = 'device:' || d.device_id)
  ) u on true`

/** Devices in the caller's scope, the latest enrolled first. */
export const listDevices = async (
  db: Queryable,
  now: Date,
  scope: DeviceScope,
  filter: {
    search: string | null
    state: 'active' | 'ended' | null
    after: { at: string; id: string } | undefined
    limit: number
  },
): Promise<DeviceRow[]> => {
  const { rows } = await db.query<DeviceRow>(
    `${SELECT}
     where ${IN_SCOPE}
       and ($5::text is null or position(lower($5::text) in lower(d.name || ' ' || v.name || ' ' || pt.name)) > 0)
       and ($6::text is null or (${STATE} = 'active') = ($6::text = 'active'))
       and ($7::timestamptz is null or (date_trunc('milliseconds', d.registered_at), d.device_id) < ($7::timestamptz, $8::uuid))
     order by date_trunc('milliseconds', d.registered_at) desc, d.device_id desc limit $9::int`,
    [
      ...scopeValues(now, scope),
      filter.search,
      filter.state,
      filter.after?.at ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  )
  return rows
}

/** One device in the caller's scope. */
export const findDeviceInScope = async (
  db: Queryable,
  now: Date,
  scope: DeviceScope,
  deviceId: string,
): Promise<DeviceRow | undefined> => {
  const { rows } = await db.query<DeviceRow>(`${SELECT} where ${IN_SCOPE} and d.device_id = $5::uuid`, [
    ...scopeValues(now, scope),
    deviceId,
  ])
  return rows[0]
}

/** False where it was revoked before. */
export const revokeDevice = async (
  tx: Transaction,
  deviceId: string,
  by: { operatorId: string | null; reason: string | null; at: Date },
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update devices set revoked_at = $2::timestamptz, revoked_by = $3::bigint, revoked_reason = $4::text
     where device_id = $1::uuid and revoked_at is null`,
    [deviceId, by.at, by.operatorId, by.reason],
  )
  return rowCount === 1
}
