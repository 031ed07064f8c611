import type { SampleRequest, SampleResult, Tube } from '@jiankangbao/contracts/sampling/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { SAMPLE_OUTCOMES } from '@jiankangbao/domain/testing/sampling'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import { createBatcher } from '../../../http/batcher.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { type ReadMeans, readMeans } from '../../doors/check/code-reader.ts'
import { MEANS } from '../../doors/check/means.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { readBarcode, readStatedTime } from './read-stated.ts'
import * as queries from './sample.queries.ts'
import { getOwnTube, toTube } from './tube.service.ts'

/** The statement of a sample, for trying it without running it. */
export const SAMPLE_STATEMENT = { text: queries.RECORD, parameters: 13 }

const MOST_TRIES = 5

const refusalOf = ({ means, refusedAs }: ReadMeans): queries.SampleInput['refusedAs'] => {
  if (means === 'numeric_code') return 'code_unreadable'
  if (refusedAs === null) return null
  if (refusedAs === 'expired') return 'code_expired'
  return refusedAs === 'forged' ? 'code_forged' : 'code_unreadable'
}

type SampleParts = Pick<
  Parts,
  'pool' | 'hotPool' | 'clock' | 'keys' | 'encryption' | 'metrics' | 'admission' | 'config'
>

/** Samples: one person into one tube, one durable commit each. */
export const createSampleService = (parts: SampleParts) => {
  const { pool, hotPool, clock, keys, encryption, config } = parts

  const batcher = createBatcher<queries.SampleInput, queries.SampleRow>({
    name: 'sample',
    registry: parts.metrics.registry,
    ...config.batch,
    watch: parts.admission.watch,
    run: async (inputs) => {
      const rows = await queries.recordSamples(hotPool, inputs, clock())
      return inputs.map((_, index) => rows[index] ?? new AppError('INTERNAL'))
    },
  })

  /** What is kept of somebody who is not registered: the document that was read, and where to call. */
  const writtenDown = ({ document, phone }: SampleRequest) => {
    if (phone === undefined) return { documentEncrypted: null, phoneEncrypted: null }
    if (!document) throw fieldError('document', 'required')
    const read = parsePhone(phone)
    if (!read.ok) throw fieldError('phone', read.reason)
    return {
      documentEncrypted: encryption.encrypt(JSON.stringify(document), 'samples.document'),
      phoneEncrypted: encryption.encrypt(read.phone, 'samples.phone'),
    }
  }

  const submit = async (input: queries.SampleInput): Promise<queries.SampleRow> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const row = await batcher.submit(input)
      if (row.outcome !== queries.AGAIN) return row
    }
    throw new AppError('BUSY', { retryAfterSeconds: 1 })
  }

  return {
    /**
     * Puts one person into a tube, answered after commit; a repeat of `requestId` gets the first answer.
     * @throws AppError VALIDATION_FAILED, TOO_MANY_REQUESTS, REQUEST_ID_REUSED (the same id for somebody else), BUSY
     */
    recordSample: async (caller: OperatorCaller, body: SampleRequest): Promise<SampleResult> => {
      const now = clock()
      const barcode = readBarcode(body.barcode)
      const sampledAt = readStatedTime('sampledAt', body.sampledAt, body.sentAt, now)
      const { qrText, document } = body
      const asked = { ...(qrText === undefined ? {} : { qrText }), ...(document ? { document } : {}) }
      const means = readMeans(
        { ...asked, requestId: body.requestId, pointId: '0', purpose: '核酸采样' },
        sampledAt,
        keys,
        encryption,
      )
      if (means.means === 'document')
        await takeFromLimit(
          pool,
          `sample-document:${caller.operatorId}`,
          config.limits.documentChecksPerCallerPerMinute,
          60,
        )
      const row = await submit({
        ...writtenDown(body),
        requestId: body.requestId.toLowerCase(),
        operatorId: caller.operatorId,
        organisation: caller.organisation,
        barcode,
        means: MEANS[means.means],
        codeId: means.codeId,
        documentIndex: means.documentIndex,
        refusedAs: refusalOf(means),
        sampledAt,
      })
      const isOther =
        row.person_id !== null && row.asked_person_id !== null && row.person_id !== row.asked_person_id
      if (isOther) throw new AppError('REQUEST_ID_REUSED')
      const outcome = SAMPLE_OUTCOMES[row.outcome] ?? 'code_unreadable'
      return {
        outcome,
        ...(row.name_masked === null ? {} : { nameMasked: row.name_masked }),
        ...(row.nth === null ? {} : { nth: row.nth, sampledAt: row.sampled_at.toISOString() }),
        ...(row.capacity === null ? {} : { capacity: row.capacity }),
      }
    },

    /**
     * Takes a sample out of a tube that is not sealed; again is the same.
     * @throws AppError NOT_FOUND, STATE_CONFLICT once the tube is sealed
     */
    undoSample: (caller: OperatorCaller, body: Call<'undoSample'>['body']): Promise<Tube> =>
      inTransaction(pool, async (tx) => {
        const tube = await getOwnTube(tx, caller, readBarcode(body.barcode), 'for update')
        const sampleRequestId = body.sampleRequestId.toLowerCase()
        if (await queries.wasUndone(tx, tube.tube_id, sampleRequestId)) return toTube(tube)
        if (tube.sealed_at) throw new AppError('STATE_CONFLICT')
        const by = { operatorId: caller.operatorId, reason: body.reason, at: clock() }
        const removed = await queries.removeSample(tx, tube.tube_id, sampleRequestId, by)
        if (!removed) throw new AppError('NOT_FOUND')
        await writeAudit(tx, {
          actor: caller,
          action: 'sample.undone',
          objectKind: 'tube',
          objectId: tube.tube_id,
          details: { personId: removed.person_id, reason: body.reason },
        })
        return toTube({ ...tube, taken: tube.taken - 1 })
      }),
  }
}

export type SampleService = ReturnType<typeof createSampleService>
