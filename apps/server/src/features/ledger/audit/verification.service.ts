import type { AuditHead, AuditStatus, AuditVerification } from '@jiankangbao/contracts/audit/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { Gauge } from 'prom-client'
import { inTransaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { createReading } from '../../../metrics/reading.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from './audit.service.ts'
import { toPublishedHead } from './head.ts'
import { findAuditHead, readKeptHead, readSealBacklog } from './seal.service.ts'
import * as queries from './verification.queries.ts'
import { verifyAuditChain } from './verify.service.ts'
import { readNoted } from './witness.ts'

/** An entry that waited longer for its seal means that the sealer does not run, or that a transaction holds it up. */
const LAG_MS = 10 * 60_000
/** A verification whose process says nothing for this long is begun again by another. */
const SILENT_MS = 60_000
const PROGRESS_MS = 1_000
const LISTED = 20

const toVerification = (row: queries.VerificationRow): AuditVerification => ({
  verificationId: row.verification_id,
  state: row.state,
  requestedAt: row.requested_at.toISOString(),
  ...(row.finished_at ? { finishedAt: row.finished_at.toISOString() } : {}),
  sealsTotal: Number(row.seals_total),
  sealsDone: Number(row.seals_done),
  entriesDone: Number(row.entries_done),
  problemCount: row.problem_count,
  problems: row.problems.slice(0, LISTED),
})

/** State of the seals, and verifications asked for in the console. */
export const createVerificationService = ({
  pool,
  clock,
  keys,
  metrics,
}: Pick<Parts, 'pool' | 'clock' | 'keys' | 'metrics'>) => {
  const backlog = createReading(() => readSealBacklog(pool))
  new Gauge({
    name: 'jkb_audit_unsealed_entries',
    help: 'Audit entries that no seal covers yet, counted up to 100000',
    // All processes count the same rows.
    aggregator: 'max',
    registers: [metrics.registry],
    async collect() {
      const { value } = await backlog()
      if (value) this.set(value.entries)
    },
  })
  new Gauge({
    name: 'jkb_audit_oldest_unsealed_seconds',
    help: 'How long the oldest of them has waited for its seal',
    aggregator: 'max',
    registers: [metrics.registry],
    async collect() {
      const { value } = await backlog()
      if (value) this.set(value.oldestAt ? (clock().getTime() - value.oldestAt.getTime()) / 1000 : 0)
    },
  })

  return {
    /** @throws AppError NOT_FOUND before the first seal */
    getAuditHead: async (): Promise<AuditHead> => {
      const seal = await findAuditHead(pool)
      if (!seal) throw new AppError('NOT_FOUND')
      return toPublishedHead(seal)
    },

    listAuditKeys: (): Call<'listAuditKeys'>['result'] => ({
      keys: keys
        .auditKeys()
        .publicKeys()
        .map(({ keyId, publicKeyBytes, validFrom }) => ({
          keyId,
          publicKey: publicKeyBytes.toString('base64url'),
          validFrom: validFrom.toISOString(),
        })),
    }),

    getAuditStatus: async (): Promise<AuditStatus> => {
      const head = await findAuditHead(pool)
      const { entries, oldestAt } = await readSealBacklog(pool)
      const latest = await queries.findLatestVerification(pool)
      const lastPassedAt = await queries.findLastPassedAt(pool)
      return {
        ...(head ? { head: toPublishedHead(head) } : {}),
        unsealedEntries: entries,
        ...(oldestAt ? { oldestUnsealedAt: oldestAt.toISOString() } : {}),
        lagging: oldestAt !== null && clock().getTime() - oldestAt.getTime() > LAG_MS,
        ...(latest ? { latestVerification: toVerification(latest) } : {}),
        ...(lastPassedAt ? { lastPassedAt: lastPassedAt.toISOString() } : {}),
      }
    },

    /** Puts a verification in line; while one is waiting or running, everybody gets that one. */
    verifyAuditLog: async (caller: OperatorCaller, requestId: string): Promise<AuditVerification> => {
      await inTransaction(pool, async (tx) => {
        if (!(await queries.insertVerification(tx, requestId, caller.operatorId, clock()))) return
        await writeAudit(tx, {
          actor: caller,
          action: 'audit.verification_requested',
          objectKind: 'audit_verification',
          objectId: requestId,
        })
        await tx.query(`select pg_notify('audit_verification', '')`)
      })
      const own = await queries.findVerification(pool, requestId)
      if (own && own.requested_by !== caller.operatorId) throw new AppError('REQUEST_ID_REUSED')
      const row = own ?? (await queries.findOpenVerification(pool))
      if (!row) throw new AppError('STATE_CONFLICT')
      return toVerification(row)
    },
  }
}

export type VerificationService = ReturnType<typeof createVerificationService>

/** Carries out a verification that waits, if there is one. Returns whether there was. For the job process. */
export const runVerification = async ({
  pool,
  clock,
  keys,
  log,
}: Pick<Parts, 'pool' | 'clock' | 'keys' | 'log'>): Promise<boolean> => {
  const silentSince = new Date(clock().getTime() - SILENT_MS)
  const verificationId = await queries.takeVerification(pool, clock(), silentSince)
  if (!verificationId) return false
  let noted = 0
  const onProgress = async (progress: { seals: number; entries: number; sealsTotal: number }) => {
    if (performance.now() - noted < PROGRESS_MS && progress.seals < progress.sealsTotal) return
    noted = performance.now()
    await queries.noteProgress(pool, verificationId, progress, clock())
  }
  const head = readKeptHead(keys)
  const witnessed = readNoted(keys.auditWitness())
  try {
    const report = await verifyAuditChain({
      pool,
      keys: keys.auditKeys(),
      fieldKeys: keys,
      ...(head ? { head } : {}),
      noted: witnessed,
      onProgress,
    })
    const state = report.intact ? 'passed' : 'failed'
    await inTransaction(pool, async (tx) => {
      await queries.finishVerification(tx, verificationId, { ...report, state }, clock())
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: `audit.verification_${state}`,
        objectKind: 'audit_verification',
        objectId: verificationId,
        details: { seals: report.seals, entries: report.entries, problems: report.problemCount },
      })
    })
    if (!report.intact) log.error({ problems: report.problems.slice(0, LISTED) }, 'the audit log was altered')
  } catch (error) {
    log.error({ err: error }, 'verification could not be carried out')
    const nothing = { seals: 0, entries: 0, problemCount: 0, problems: [] }
    await queries.finishVerification(pool, verificationId, { ...nothing, state: 'broken' }, clock())
  }
  return true
}
