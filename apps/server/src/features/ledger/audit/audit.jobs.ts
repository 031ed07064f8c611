import { reportAs, startLoop, stopAll } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import {
  AuditHeadLost,
  markSealingLimit,
  type SealingLimit,
  sealHistory,
  sealThrough,
} from './seal.service.ts'
import { runVerification } from './verification.service.ts'
import { WitnessDiffers, witnessYoungest } from './witness.ts'

const TRY_MS = 1_000
const IDLE_MS = 5_000
const LOST_MS = 60_000

type AuditParts = Pick<Parts, 'pool' | 'clock' | 'keys' | 'log' | 'listener' | 'config' | 'jobs'>

const startSealing = (parts: AuditParts) => {
  // Long transactions that overlap hold up each limit only until those before it are over.
  let limit: SealingLimit | undefined
  let isHistorySealed = false
  let nextSealAt = 0
  return startLoop({
    restMs: TRY_MS,
    round: async () => {
      if (performance.now() < nextSealAt) return
      limit ??= await markSealingLimit(parts.pool)
      if (!isHistorySealed) {
        if ((await sealHistory(parts, limit)) === undefined) return
        isHistorySealed = true
        limit = await markSealingLimit(parts.pool)
      }
      if ((await sealThrough(parts, limit)) === undefined) return
      limit = undefined
      isHistorySealed = false
      nextSealAt = performance.now() + parts.config.auditSealSeconds * 1000
    },
    ...reportAs(parts, 'audit_seals', (error) => {
      // Somebody has to look: told once a minute, not every second. The backlog grows, and its alert with it.
      if (error instanceof AuditHeadLost || error instanceof WitnessDiffers)
        nextSealAt = performance.now() + LOST_MS
      parts.log.error({ err: error }, 'the audit log can not be sealed')
    }),
  })
}

const startWitness = (parts: AuditParts) => {
  let nextLookAt = 0
  return startLoop({
    restMs: TRY_MS,
    round: async () => {
      if (performance.now() >= nextLookAt) await witnessYoungest(parts)
      return undefined
    },
    ...reportAs(parts, 'audit_witness', (error) => {
      if (error instanceof WitnessDiffers) nextLookAt = performance.now() + LOST_MS
      parts.log.error({ err: error }, 'the youngest of the audit log can not be witnessed')
    }),
  })
}

const startVerifications = (parts: AuditParts) => {
  const loop = startLoop({
    restMs: IDLE_MS,
    round: async () => ((await runVerification(parts)) ? 'again' : undefined),
    ...reportAs(parts, 'audit_verifications', (error) =>
      parts.log.error({ err: error }, 'a verification failed'),
    ),
  })
  parts.listener.on('audit_verification', loop.wake)
  return loop
}

/**
 * Seals the audit log every `auditSealSeconds` and carries out verifications asked for in the console. Several
 * processes may run it: each batch is sealed once, each verification is taken once.
 */
export const startAuditLoop = (parts: AuditParts) =>
  stopAll([startSealing(parts), startWitness(parts), startVerifications(parts)])
