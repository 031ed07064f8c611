/**
 * Milliseconds to wait before try number `attempt` (1 for the first repeat). Doubles from one second up to `maximumMs`,
 * at least what the server asked for, and spread by up to half so that a city's phones do not come back together.
 */
export const retryDelayMs = (
  attempt: number,
  options: { retryAfterSeconds?: number | undefined; maximumMs?: number; random?: () => number } = {},
): number => {
  const { retryAfterSeconds = 0, maximumMs = 30_000, random = Math.random } = options
  const base = Math.max(Math.min(1000 * 2 ** (attempt - 1), maximumMs), retryAfterSeconds * 1000)
  return Math.round(base * (1 + random() / 2))
}
