import { ACCESS_TOKEN_SECONDS } from '../../../http/tokens.ts'
import type { Parts } from '../../../parts.ts'
import { listRevokedSince } from './session.queries.ts'

// A token outlives its session by no more than its own life; the minute allows for clocks that differ.
const KEEP_MS = (ACCESS_TOKEN_SECONDS + 60) * 1000
const SWEEP_MS = 60_000

/**
 * Sessions ended lately, in memory, so that a token is checked without the database. Fed by `session_revoked` from all
 * processes and read again whenever the listening connection was lost.
 */
export const createRevocations = ({
  pool,
  listener,
  clock,
  log,
}: Pick<Parts, 'pool' | 'listener' | 'clock' | 'log'>) => {
  const forgetAt = new Map<string, number>()

  const add = (sessionId: string, revokedAt = clock()): void => {
    forgetAt.set(sessionId, revokedAt.getTime() + KEEP_MS)
  }
  const reload = async (): Promise<void> => {
    const rows = await listRevokedSince(pool, new Date(clock().getTime() - KEEP_MS))
    for (const row of rows) add(row.session_id, row.revoked_at)
  }
  const sweep = (): void => {
    const now = clock().getTime()
    for (const [sessionId, at] of forgetAt) if (at < now) forgetAt.delete(sessionId)
  }

  listener.on('session_revoked', (sessionId) => add(sessionId))
  let setKnown: () => void = () => {}
  const whenKnown = new Promise<void>((resolve) => {
    setKnown = resolve
  })
  listener.onConnected(() => {
    reload().then(setKnown, (error: unknown) => log.error({ err: error }, 'revoked sessions not read'))
  })
  const timer = setInterval(sweep, SWEEP_MS)
  timer.unref()

  return {
    isRevoked: (sessionId: string): boolean => forgetAt.has(sessionId),
    add,
    /** Resolves after the first reading: until then an ended session would pass. */
    whenKnown,
    stop: () => clearInterval(timer),
  }
}
