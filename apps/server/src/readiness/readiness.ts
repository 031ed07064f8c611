import { type ReadinessCheck, type Reason, reason } from './reason.ts'

/** Whoever asks more often gets the answer of a moment ago. */
const FRESH_MS = 1_000
/** A load balancer gives up soon; a check that hangs says as much as one that fails. */
const WAIT_MS = 2_500

export interface Readiness {
  /** Why this server can not serve now; empty where it can. Never throws. */
  reasons(): Promise<Reason[]>
}

const within = async (check: ReadinessCheck): Promise<Reason[]> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Reason[]>((resolve) => {
    timer = setTimeout(() => resolve([reason('DATABASE_AWAY')]), WAIT_MS)
  })
  try {
    return await Promise.race([check(), late])
  } catch {
    return [reason('DATABASE_AWAY')]
  } finally {
    clearTimeout(timer)
  }
}

const onceEach = (reasons: Reason[]): Reason[] => [
  ...new Map(reasons.map((one) => [`${one.code} ${one.en}`, one])).values(),
]

/** Runs the checks together, at most once a second however many ask. */
export const createReadiness = (checks: readonly ReadinessCheck[]): Readiness => {
  let asked: Promise<Reason[]> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  let settled = true
  const ask = async () => {
    settled = false
    const found = await Promise.all(checks.map(within))
    settled = true
    askedAt = performance.now()
    return onceEach(found.flat())
  }
  return {
    reasons: () => {
      if (!asked || (settled && performance.now() - askedAt >= FRESH_MS)) asked = ask()
      return asked
    },
  }
}
