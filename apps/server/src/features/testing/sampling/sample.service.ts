import type { SampleRequest, SampleResult, Tube } from '@jiankangbao/contracts/sampling/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { SAMPLE_OUTCOMES, type SampleOutcome } from '@jiankangbao/domain/testing/sampling'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import { createBatcher } from '../../../http/batcher.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { type ReadMeans, readMeans } from '../../doors/check/code-reader.ts'
import { MEANS } from '../../doors/check/means.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import { readBarcode, readStatedTime } from './read-stated.ts'
import * as queries from './sample.queries.ts'
import { getOwnTube, toTube } from './tube.service.ts'
import { findMemberDocument, listLookedAfter } from './which-person.queries.ts'

/** The statement of a sample, for trying it without running it. */
export const SAMPLE_STATEMENT = { text: queries.RECORD, parameters: 14 }

const MOST_TRIES = 5
const PURPOSE = '核酸采样'
/** Who is told this and shows their card again may have somebody with them. */
const WAS_SWABBED: readonly SampleOutcome[] = ['already_in_tube', 'sampled_recently']

const refusalOf = ({ refusedAs }: ReadMeans): queries.SampleInput['refusedAs'] => {
  if (refusedAs === null) return null
  if (refusedAs === 'expired') return 'code_expired'
  return refusedAs === 'forged' ? 'code_forged' : 'code_unreadable'
}

const toResult = (row: queries.SampleRow): SampleResult => ({
  outcome: SAMPLE_OUTCOMES[row.outcome] ?? 'code_unreadable',
  ...(row.name_masked === null ? {} : { nameMasked: row.name_masked }),
  ...(row.nth === null ? {} : { nth: row.nth, sampledAt: row.sampled_at.toISOString() }),
  ...(row.capacity === null ? {} : { capacity: row.capacity }),
})

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
  const writtenDown = ({ document, phone, requestId }: SampleRequest) => {
    if (phone === undefined) return { documentEncrypted: null, phoneEncrypted: null }
    if (!document) throw fieldError('document', 'required')
    const read = parsePhone(phone)
    if (!read.ok) throw fieldError('phone', read.reason)
    return {
      documentEncrypted: encryption.encrypt(
        JSON.stringify(document),
        inRow('samples.document', requestId.toLowerCase()),
      ),
      phoneEncrypted: encryption.encrypt(read.phone, inRow('samples.phone', requestId.toLowerCase())),
    }
  }

  /** Whoever has been swabbed and shows their card again brings somebody: whom they look after is asked, and seen by those. */
  const askWhich = async (caller: OperatorCaller, holderId: string) => {
    const members = await listLookedAfter(pool, holderId)
    if (members.length > 0)
      await inTransaction(pool, (tx) =>
        insertLookups(tx, {
          personIds: members.map((row) => row.person_id),
          means: 'console_view',
          purpose: PURPOSE,
          operatorId: caller.operatorId,
          organisation: caller.organisation,
          at: clock(),
        }),
      )
    return members.map((row) => ({ memberId: row.member_id, nameMasked: row.name_masked }))
  }

  /** By the document of whom the holder looks after, in place of the holder's own. */
  const readFor = async (memberId: string | undefined, means: ReadMeans): Promise<ReadMeans> => {
    if (memberId === undefined || means.refusedAs !== null) return means
    const documentIndex = await findMemberDocument(pool, memberId, means)
    if (!documentIndex) throw fieldError('forMemberId', 'not_found')
    return { ...means, means: 'document', codeId: null, digits: null, documentIndex }
  }

  /** What was shown, and whom it stands for. */
  const readShown = async (
    caller: OperatorCaller,
    { requestId, qrText, document, forMemberId }: SampleRequest,
    sampledAt: Date,
  ): Promise<ReadMeans> => {
    const asked = { ...(qrText === undefined ? {} : { qrText }), ...(document ? { document } : {}) }
    const shown = readMeans(
      { ...asked, requestId, pointId: '0', purpose: PURPOSE },
      sampledAt,
      keys,
      encryption,
    )
    // Both can be guessed.
    if (shown.means === 'document' || shown.means === 'numeric_code')
      await takeFromLimit(
        pool,
        `sample-document:${caller.operatorId}`,
        config.limits.documentChecksPerCallerPerMinute,
        60,
      )
    return readFor(forMemberId, shown)
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
      const barcode = readBarcode(body.barcode)
      const sampledAt = readStatedTime('sampledAt', body.sampledAt, body.sentAt, clock())
      const means = await readShown(caller, body, sampledAt)
      const row = await submit({
        ...writtenDown(body),
        requestId: body.requestId.toLowerCase(),
        operatorId: caller.operatorId,
        organisation: caller.organisation,
        barcode,
        means: MEANS[means.means],
        codeId: means.codeId,
        digits: means.digits,
        documentIndex: means.documentIndex,
        refusedAs: refusalOf(means),
        sampledAt,
      })
      const isOther =
        row.person_id !== null && row.asked_person_id !== null && row.person_id !== row.asked_person_id
      if (isOther) throw new AppError('REQUEST_ID_REUSED')
      const result = toResult(row)
      const asksWhich =
        body.forMemberId === undefined && row.person_id !== null && WAS_SWABBED.includes(result.outcome)
      const others = asksWhich && row.person_id !== null ? await askWhich(caller, row.person_id) : []
      return others.length === 0 ? result : { ...result, others }
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
        if (tube.sealed_at || tube.moved_to) throw new AppError('STATE_CONFLICT')
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
