export interface ServiceCheckPort {
  /** Whether the address of a service answers that it works. Never throws. */
  works(url: string): Promise<boolean>
}

const MOST_MS = 5_000

/**
 * One look at an address of the list of origins: any answer below 400 in five seconds. Redirects are not followed, because they
 * could lead into this network; a body is not read.
 */
export const createServiceCheckPort = (timeoutMs: number): ServiceCheckPort => ({
  works: async (url) => {
    try {
      const answer = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(Math.min(timeoutMs, MOST_MS)),
      })
      await answer.body?.cancel()
      return answer.status < 400
    } catch {
      return false
    }
  },
})
