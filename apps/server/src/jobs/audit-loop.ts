import {
  AuditHeadLost,
  markSealingLimit,
  type SealingLimit,
  sealThrough,
} from '../features/audit/seal.service.ts'
import { runVerification } from '../features/audit/verification.service.ts'
import type { Parts } from '../parts.ts'

const TRY_MS = 1_000
const IDLE_MS = 5_000
const LOST_MS = 60_000

/**
 * Seals the audit log every `auditSealSeconds` and carries out verifications asked for in the console. Several
 * processes may run it: each batch is sealed once, each verification is taken once.
 */
export const startAuditLoop = (
  parts: Pick<Parts, 'pool' | 'clock' | 'keys' | 'log' | 'listener' | 'config'>,
) => {
  let stopped = false
  let wake: () => void = () => {}
  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (stopped) wake()
    })

  // Long transactions that overlap hold up each limit only until those before it are over.
  let limit: SealingLimit | undefined
  let nextSealAt = 0
  // Somebody has to look: told once a minute, not every second. The backlog grows, and its alert with it.
  const waitIfLost = (error: unknown): never => {
    if (error instanceof AuditHeadLost) nextSealAt = performance.now() + LOST_MS
    throw error
  }
  const seal = async () => {
    if (performance.now() < nextSealAt) return
    limit ??= await markSealingLimit(parts.pool)
    if ((await sealThrough(parts, limit).catch(waitIfLost)) === undefined) return
    limit = undefined
    nextSealAt = performance.now() + parts.config.auditSealSeconds * 1000
  }

  const runSealing = async () => {
    while (!stopped) {
      await seal().catch((error: unknown) =>
        parts.log.error({ err: error }, 'the audit log can not be sealed'),
      )
      await rest(TRY_MS)
    }
  }
  const runVerifications = async () => {
    while (!stopped) {
      const ran = await runVerification(parts).catch((error: unknown) => {
        parts.log.error({ err: error }, 'a verification failed')
        return false
      })
      if (!ran) await restUntilAsked(IDLE_MS)
    }
  }
  let ask: () => void = () => {}
  const restUntilAsked = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      ask = () => {
        clearTimeout(timer)
        resolve()
      }
      if (stopped) ask()
    })
  parts.listener.on('audit_verification', () => ask())

  const running = Promise.all([runSealing(), runVerifications()])
  return {
    stop: async () => {
      stopped = true
      wake()
      ask()
      await running
    },
  }
}
