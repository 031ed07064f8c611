import { countUse, requireRoom, takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { isKnownBrowser } from './deciding.ts'

const QUARTER_HOUR = 900
/** Every so many failures of one name within a quarter of an hour somebody is told. */
const FAILURES_PER_INCIDENT = 20

// Whoever types wrong passwords from elsewhere must not keep an operator out. So tries are counted by name and address
// together, and an operator's own browser has a count of its own that no stranger can use up.

export const createSignInLimits = ({ pool, config }: Pick<Parts, 'pool' | 'config'>) => ({
  /**
   * Counts one try.
   * @param browserHash of the cookie that the browser of an earlier sign-in brings
   * @returns whether it is a browser of the operator's own
   * @throws AppError TOO_MANY_REQUESTS
   */
  takeTry: async (username: string, address: string, browserHash: Buffer): Promise<boolean> => {
    const {
      operatorSignInPerAddressPerQuarterHour: perAddress,
      operatorSignInPerUserPerQuarterHour: perUser,
    } = config.limits
    if (await isKnownBrowser(pool, username, browserHash)) {
      const key = `operator-browser:${username}:${browserHash.toString('hex')}`
      await takeFromLimit(pool, key, perUser, QUARTER_HOUR)
      return true
    }
    await takeFromLimit(pool, `operator-address:${address}`, perAddress, QUARTER_HOUR)
    await takeFromLimit(pool, `operator-user:${username}:${address}`, perUser, QUARTER_HOUR)
    return false
  },

  /**
   * Six digits are few: whoever knows the password and has many addresses guesses them no faster than from one.
   * @throws AppError TOO_MANY_REQUESTS
   */
  requireSecondFactorRoom: (username: string): Promise<void> =>
    requireRoom(
      pool,
      `operator-totp-failed:${username}`,
      config.limits.operatorSignInPerUserPerQuarterHour,
      QUARTER_HOUR,
    ),

  /** From however many addresses: many failures of one name are a matter for somebody. */
  countFailure: async (
    { username, operatorId, knowsPassword }: { username: string; operatorId: string; knowsPassword: boolean },
    at: Date,
  ): Promise<void> => {
    if (knowsPassword) await countUse(pool, `operator-totp-failed:${username}`, QUARTER_HOUR)
    const count = await countUse(pool, `operator-failed:${username}`, QUARTER_HOUR)
    if (count % FAILURES_PER_INCIDENT !== 0) return
    const { divisionCode } = config.city
    const subject = `operator:${operatorId}`
    await raiseIncident(pool, {
      kind: 'sign_in_guessing',
      subject,
      divisionCode,
      operatorId,
      details: { count },
      at,
    })
  },
})
