import type { Transaction } from '../../../db/pool.ts'

// Devices on which the person of an account proved to be it. An account may hold another person one day: then they count no more.

/** @returns whether this device is known to be that person's; its use is noted */
export const useKnownDevice = async (
  tx: Transaction,
  device: { accountId: string; personId: string; hash: Buffer; now: Date },
): Promise<boolean> =>
  (
    await tx.query(
      `update known_devices set last_used_at = $4::timestamptz
       where account_id = $1::bigint and device_hash = $2::bytea and person_id = $3::bigint`,
      [device.accountId, device.hash, device.personId, device.now],
    )
  ).rowCount === 1

/** From now on the device of a session signs in with an SMS code alone. */
export const rememberDevice = async (
  tx: Transaction,
  { sessionId, personId, now }: { sessionId: string; personId: string; now: Date },
): Promise<void> => {
  await tx.query(
    `insert into known_devices (account_id, device_hash, person_id, device_name, known_at, last_used_at)
     select account_id, device_hash, $2::bigint, device_name, $3::timestamptz, $3::timestamptz
     from sessions where session_id = $1::uuid and device_hash is not null
     on conflict (account_id, device_hash) do update set person_id = excluded.person_id, known_at = excluded.known_at,
       last_used_at = excluded.last_used_at`,
    [sessionId, personId, now],
  )
}

/** The device of a session that its account signs out is a stranger again. */
export const forgetDevices = async (tx: Transaction, sessionIds: string[]): Promise<void> => {
  await tx.query(
    `delete from known_devices k using sessions s
     where s.session_id = any($1::uuid[]) and k.account_id = s.account_id and k.device_hash = s.device_hash`,
    [sessionIds],
  )
}

/** @returns false where the session ended meanwhile, or was proved before */
export const setProved = async (tx: Transaction, sessionId: string, now: Date): Promise<boolean> =>
  (
    await tx.query(
      `update sessions set proved_at = $2::timestamptz
       where session_id = $1::uuid and proved_at is null and revoked_at is null and expires_at > $2::timestamptz`,
      [sessionId, now],
    )
  ).rowCount === 1
