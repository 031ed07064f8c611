import type { FastifyBaseLogger } from 'fastify'

/** How long accepted requests have to be answered once a stop is asked for. */
export const SHUTDOWN_MS = 15_000

/**
 * SIGTERM and SIGINT stop the process once; it ends with 0, or with 1 where stopping fails or takes too long.
 * @param limitMs after which it ends regardless
 * @returns whether a stop was asked for
 */
export const stopOnSignals = (
  stop: () => Promise<void>,
  log: FastifyBaseLogger,
  limitMs = SHUTDOWN_MS,
): (() => boolean) => {
  let stopping = false
  const handle = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping: accepted requests are answered first')
    setTimeout(() => process.exit(1), limitMs).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'shutdown failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', handle)
  process.on('SIGINT', handle)
  return () => stopping
}
