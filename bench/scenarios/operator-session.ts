import { randomUUID } from 'node:crypto'
import { makeSessionToken } from '../../apps/server/src/features/people/operator/credentials.ts'
import { insertSession } from '../../apps/server/src/features/people/operator/operator.queries.ts'
import type { Stage } from '../stage.ts'

/** A new operator of an office with a session, as if signed in; returns the cookie. */
export const signInOffice = async (stage: Stage, divisionCode: string): Promise<string> => {
  const { rows } = await stage.admin.query<{ operator_id: string }>(
    `insert into operators (username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted, must_change_password)
     values ('bench-' || $2::text, 'bench', 'bench', '{office}', $1::text, 'none', 'none', false) returning operator_id`,
    [divisionCode, randomUUID().slice(0, 13)],
  )
  const { cookie, sessionHash } = makeSessionToken()
  const now = new Date()
  await insertSession(stage.admin, {
    sessionHash,
    operatorId: rows[0]?.operator_id ?? '',
    csrfToken: randomUUID(),
    now,
    expiresAt: new Date(now.getTime() + 3_600_000),
    address: '127.0.0.1',
  })
  return `jkb_operator=${cookie}; __Host-jkb_operator=${cookie}`
}
