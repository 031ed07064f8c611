import { randomBytes, randomInt, sign } from 'node:crypto'
import type { PaperCode, Pass, VerificationKey } from '@jiankangbao/contracts/code/schemas'
import { encodePersonalCode, personalCodeUrl } from '@jiankangbao/domain/codes/personal-code'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { mayHoldPaperCode } from '@jiankangbao/domain/identity/age'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { createBatcher } from '../../../http/batcher.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { readReasons } from '../../colours/status/reasons.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { showsCode } from '../../people/member/consent.ts'
import * as queries from './code.queries.ts'
import { makePaperCode, replacePaperCode } from './paper-code.ts'

/** The statement of a live code, for trying it without running it. */
export const PASS_STATEMENT = { text: queries.ISSUE_PASSES, parameters: 5 }

/** Life of a personal and of a numeric code. */
const PERSONAL_CODE_SECONDS = 60
/** How long before the phone fetches the next one. */
const REFRESH_SECONDS = 30
const NUMERIC_CODES = 100_000_000
const NUMERIC_TRIES = 6

interface PaperCodeRequest {
  requestId: string
  memberId?: string | undefined
}

/** Issues personal, numeric and paper codes. */
export const createCodeService = (
  parts: Pick<
    Parts,
    'pool' | 'hotPool' | 'clock' | 'keys' | 'encryption' | 'metrics' | 'admission' | 'config'
  >,
) => {
  const { pool, hotPool, clock, keys, encryption, config } = parts

  // Two displays of one batch must not propose the same digits: the statement could not touch the row twice.
  const proposeDigits = (count: number): number[] => {
    const digits = new Set<number>()
    while (digits.size < count) digits.add(randomInt(NUMERIC_CODES))
    return [...digits]
  }

  const batcher = createBatcher<string, queries.PassRow & { digits: number }>({
    name: 'pass',
    registry: parts.metrics.registry,
    ...config.batch,
    watch: parts.admission.watch,
    run: async (personIds) => {
      const digits = proposeDigits(personIds.length)
      const inputs = personIds.map((personId, index) => ({ personId, digits: digits[index] ?? 0 }))
      const now = clock()
      const rows = await queries.issuePasses(
        hotPool,
        inputs,
        now,
        new Date(now.getTime() + PERSONAL_CODE_SECONDS * 1000),
      )
      return inputs.map((input, index) => {
        const row = rows[index]
        return row ? { ...row, digits: input.digits } : new AppError('NOT_REGISTERED')
      })
    },
  })

  const issueLiveCode = async (personId: string): Promise<void> => {
    await queries.insertCode(pool, {
      codeId: randomBytes(10),
      personId,
      kind: 'live',
      issuedAt: clock(),
      requestId: null,
    })
  }

  // With a million codes in use one proposal in a hundred is taken; it is proposed anew.
  const issuePass = async (
    personId: string,
  ): Promise<queries.PassRow & { digits: number; code_id: Buffer }> => {
    for (let attempt = 0; attempt < NUMERIC_TRIES; attempt += 1) {
      const row = await batcher.submit(personId)
      if (row.held_at) throw new AppError('CODE_ON_HOLD')
      const codeId = row.code_id
      if (!codeId) await issueLiveCode(personId)
      else if (row.numeric_issued) return { ...row, code_id: codeId }
    }
    throw new AppError('BUSY', { retryAfterSeconds: 1 })
  }

  const today = (): string => shanghaiDayOf(clock().getTime())

  const findHolder = async (
    caller: CitizenCaller,
    memberId: string | undefined,
  ): Promise<queries.HolderRow> => {
    const holder = await queries.findHolder(pool, caller.accountId, memberId)
    if (!holder) throw new AppError(memberId ? 'NOT_FOUND' : 'NOT_REGISTERED')
    const { consent_means } = holder
    if (consent_means && !showsCode(encryption, { ...holder, consent_means }, today()))
      throw new AppError('MEMBER_CODE_WITHHELD')
    return holder
  }

  const toPaperCode = (holder: queries.HolderRow, codeId: Buffer, issuedAt: Date): PaperCode =>
    makePaperCode(parts, holder.name_masked, codeId, issuedAt)

  const requireMayHoldPaperCode = (holder: queries.HolderRow): void => {
    const birthOn = holder.birth_on_encrypted
      ? encryption.decrypt(holder.birth_on_encrypted, inRow('persons.birth_on', holder.person_id))
      : undefined
    const allowed = mayHoldPaperCode(
      { ...(birthOn ? { birthOn } : {}), officeDecision: holder.paper_code_granted_at !== null },
      today(),
    )
    if (!allowed) throw new AppError('PAPER_CODE_NOT_ALLOWED')
  }

  return {
    /**
     * The live code of the caller or of a member, with the colour read in this very request.
     * @throws AppError NOT_REGISTERED, NOT_FOUND, MEMBER_CODE_WITHHELD (the member keeps it to themselves), CODE_ON_HOLD (the
     * old phone objected to the move of the identity).
     */
    getPass: async (caller: CitizenCaller, memberId: string | undefined): Promise<Pass> => {
      const personId =
        memberId || !caller.personId ? (await findHolder(caller, memberId)).person_id : caller.personId
      const row = await issuePass(personId)
      const now = clock()
      // The dead and those who moved away have no live code.
      if (row.reasons?.some(({ category }) => category === 'deceased' || category === 'moved_away'))
        throw new AppError('PERSON_ABSENT')
      const issuedAtSeconds = Math.floor(now.getTime() / 1000)
      const colour = numberToColour(row.colour)
      const { keyId, privateKey } = keys.currentSigningKey()
      const token = encodePersonalCode(
        { version: 1, keyId, codeId: row.code_id, colour, issuedAtSeconds },
        (message) => sign(null, message, privateKey),
      )
      return {
        nameMasked: row.name_masked,
        colour,
        reasons: readReasons(row.reasons, now),
        evaluatedAt: (row.evaluated_at ?? now).toISOString(),
        ...(row.next_change_at ? { nextChangeAt: row.next_change_at.toISOString() } : {}),
        serverTime: now.toISOString(),
        personalCode: {
          qrText: personalCodeUrl(config.publicOrigin, token),
          numericCode: String(row.digits).padStart(8, '0'),
          issuedAt: new Date(issuedAtSeconds * 1000).toISOString(),
          expiresAt: new Date((issuedAtSeconds + PERSONAL_CODE_SECONDS) * 1000).toISOString(),
          refreshAfterSeconds: REFRESH_SECONDS,
        },
        ...(row.latest_test_at
          ? {
              latestTest: {
                result: row.latest_test_negative ? ('negative' as const) : ('positive' as const),
                sampledAt: row.latest_test_at.toISOString(),
              },
            }
          : {}),
      }
    },

    /**
     * Makes a printed code; the one before it dies. A repeat of `requestId` gets the same code.
     * @throws AppError PAPER_CODE_NOT_ALLOWED: under 18, 60 or over, disabled, or by an office's decision only.
     */
    issuePaperCode: async (
      caller: CitizenCaller,
      { requestId, memberId }: PaperCodeRequest,
    ): Promise<PaperCode> => {
      const holder = await findHolder(caller, memberId)
      const before = await queries.findCodeOfRequest(pool, holder.person_id, requestId)
      if (before) return toPaperCode(holder, before.code_id, before.issued_at)
      requireMayHoldPaperCode(holder)
      const { codeId, issuedAt } = await inTransaction(pool, (tx) =>
        replacePaperCode(tx, caller, { personId: holder.person_id, requestId, memberId, now: clock() }),
      )
      return toPaperCode(holder, codeId, issuedAt)
    },

    /** Ends the printed code in force; whoever shows it is told that it was reported lost. */
    reportPaperCodeLost: async (
      caller: CitizenCaller,
      { requestId, memberId }: PaperCodeRequest,
    ): Promise<null> => {
      const holder = await findHolder(caller, memberId)
      await inTransaction(pool, async (tx) => {
        const revoked = await queries.revokeCode(tx, holder.person_id, 'paper', 'reported_lost', clock())
        if (revoked)
          await writeAudit(tx, {
            actor: caller,
            action: 'paper_code.reported_lost',
            objectKind: 'person',
            objectId: holder.person_id,
            requestId,
          })
      })
      return null
    },

    /** Public keys for offline verification, with their validity; the next key is there before it signs. */
    listVerificationKeys: (): { keys: VerificationKey[]; serverTime: string } => ({
      keys: keys
        .signingKeys()
        .filter(({ isLeaked }) => !isLeaked)
        .map((key) => ({
          keyId: key.keyId,
          algorithm: 'Ed25519' as const,
          publicKey: key.publicKeyBytes.toString('base64url'),
          validFrom: key.validFrom.toISOString(),
          ...(key.validUntil ? { validUntil: key.validUntil.toISOString() } : {}),
        })),
      serverTime: clock().toISOString(),
    }),
  }
}

export type CodeService = ReturnType<typeof createCodeService>
