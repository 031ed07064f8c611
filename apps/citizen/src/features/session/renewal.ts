import { ApiError } from '@jiankangbao/api-client/client'

export interface StoredSession {
  accessToken: string
  refreshToken: string
  registered: boolean
  /** False on a new device until the second proof; sessions kept by an earlier version do not say it, and are proved. */
  proved?: boolean
  /** This phone's clock, milliseconds. */
  renewedAt: number
}

export interface RenewalParts {
  /** Reads what all tabs share; other tabs may have changed it. */
  read: () => StoredSession | undefined
  write: (session: StoredSession) => void
  /** Ends the session on this phone. */
  end: () => void
  /** Exchanges the refresh token; the old one dies with it, and using it twice ends every session of the family. */
  refresh: (refreshToken: string) => Promise<Omit<StoredSession, 'renewedAt'>>
  runExclusive: <T>(name: string, run: () => Promise<T>) => Promise<T>
  now: () => number
}

// Requests that failed together come here one after the other: the later ones find a session that is new already.
const JUST_RENEWED_MS = 3_000

/**
 * Makes `renew()`: resolves to true when there is a newer access token to try again with. One renewal at a time in this
 * tab and, through the lock, over all tabs. A refused refresh token ends the session; a missing network does not.
 * `renewNow()` does so too where the last renewal was a moment ago: its token is made after the call.
 */
export const createRenewal = (
  parts: RenewalParts,
): { renew: () => Promise<boolean>; renewNow: () => Promise<boolean> } => {
  let running: Promise<boolean> | undefined

  const renewAlone = async (failedToken: string): Promise<boolean> => {
    const current = parts.read()
    if (!current) return false
    if (current.accessToken !== failedToken) return true
    try {
      const fresh = await parts.refresh(current.refreshToken)
      parts.write({ ...fresh, renewedAt: parts.now() })
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      if (parts.read()?.refreshToken === current.refreshToken) parts.end()
      return false
    }
  }

  const start = (token: string): Promise<boolean> => {
    if (running) return running
    const done = () => {
      running = undefined
    }
    running = parts.runExclusive('renewal', () => renewAlone(token))
    running.then(done, done)
    return running
  }

  const renew = (): Promise<boolean> => {
    const session = parts.read()
    if (!session) return Promise.resolve(false)
    if (parts.now() - session.renewedAt < JUST_RENEWED_MS && !running) return Promise.resolve(true)
    return start(session.accessToken)
  }

  const renewNow = async (): Promise<boolean> => {
    // One under way, here or in another tab, may have asked before the change: its token does not count.
    await running?.catch(() => undefined)
    return parts.runExclusive('renewal', () => renewAlone(parts.read()?.accessToken ?? ''))
  }
  return { renew, renewNow }
}
