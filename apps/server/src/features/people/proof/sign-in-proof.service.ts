import { randomInt, randomUUID } from 'node:crypto'
import type { FaceProof, SignInProof, SignInRequest } from '@jiankangbao/contracts/sign-in-proof/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { SignInAnswer, SignInProofMeans } from '@jiankangbao/domain/vocabulary/people'
import { inTransaction, isUniqueViolation, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { wakeAccount, writeNotice } from '../../ledger/notice/notice.service.ts'
import { type AccountService, endOneSession, proveSession } from '../account/account.service.ts'
import { findFreshVerdict, usePassedFaceCheck } from '../person/face-check.queries.ts'
import { faceCheckOf, requirePassed } from '../person/face-check.service.ts'
import { findPersonByDocument } from '../person/identity.queries.ts'
import { type Identity, parseIdentity } from '../person/identity.service.ts'
import * as queries from './sign-in-proof.queries.ts'

// A sign-in with an SMS code on a device that is not known:  open → proved (by face, device, office, hotline) | refused.
// Refused ends the session. Nothing that the waiting phone is told depends on whose number it is.

/** A code is good for a day; afterwards the phone shows another one. */
const CODE_MS = 24 * 3600_000
const CODE_TRIES = 5
/** The phones of an account are asked so often in an hour, whoever asks. */
const ASKS_PER_HOUR = 5

export type ProofParts = Pick<Parts, 'pool' | 'clock' | 'config' | 'encryption'> & {
  accounts: Pick<AccountService, 'forgetSessions'>
}

const toProof = (row: queries.ProofRow): SignInProof => ({
  state: row.state,
  proofCode: row.proof_code,
  expiresAt: row.expires_at.toISOString(),
  ...(row.asked_devices_at ? { askedDevicesAt: row.asked_devices_at.toISOString() } : {}),
})

/**
 * Closes a matter: the session is its person's from now on.
 * @throws AppError NOT_FOUND where the session, or the person of the account, is gone.
 */
export const proveAs = async (
  tx: Transaction,
  row: queries.ProofRow,
  means: SignInProofMeans,
  now: Date,
  by: { decidedBy?: string; reason?: string; requestId?: string } = {},
): Promise<void> => {
  const { session_id: sessionId, person_id: personId } = row
  if (!personId || !(await proveSession(tx, { sessionId, personId, now }))) throw new AppError('NOT_FOUND')
  await queries.closeProof(tx, row.proof_id, { state: 'proved', means, at: now, ...by })
  await wakeAccount(tx, row.account_id)
}

/** The second proof, as citizens give it: on the new device, and on one that is known. */
export const createSignInProofService = ({ pool, clock, config, encryption, accounts }: ProofParts) => {
  const today = (): string => shanghaiDayOf(clock().getTime())

  const getRow = async ({ sessionId }: CitizenCaller): Promise<queries.ProofRow> => {
    for (let tries = 0; tries < CODE_TRIES; tries += 1) {
      const now = clock()
      const expiresAt = new Date(now.getTime() + CODE_MS)
      const proofCode = String(randomInt(100_000_000)).padStart(8, '0')
      try {
        await queries.openProof(pool, { proofId: randomUUID(), sessionId, proofCode, now, expiresAt })
        const row = await queries.findProofOfSession(pool, sessionId)
        // A session that needed no proof has none.
        if (!row) throw new AppError('NOT_FOUND')
        return row
      } catch (error) {
        if (!isUniqueViolation(error, 'sign_in_proofs_proof_code_key')) throw error
      }
    }
    throw new AppError('BUSY', { retryAfterSeconds: 1 })
  }

  const audit = (
    tx: Transaction,
    caller: CitizenCaller,
    row: queries.ProofRow,
    action: string,
    details: Record<string, string> = {},
  ) =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'account',
      objectId: row.account_id,
      details: { proofId: row.proof_id, sessionId: row.session_id, ...details },
    })

  // The face of somebody else passes for them, and proves nothing here.
  const isPersonOf = async (row: queries.ProofRow, identity: Identity): Promise<boolean> => {
    const found = await findPersonByDocument(pool, identity.documentIndex)
    return (
      found?.personId === row.person_id &&
      encryption.decrypt(found.nameEncrypted, inRow('persons.name', row.person_id)) === identity.name
    )
  }

  return {
    /** @throws AppError NOT_FOUND where this session needed no second proof. */
    getSignInProof: async (caller: CitizenCaller): Promise<SignInProof> => toProof(await getRow(caller)),

    /** Tells the known devices; the answer is the same where there are none. @throws AppError TOO_MANY_REQUESTS */
    askOwnDevice: async (caller: CitizenCaller): Promise<SignInProof> => {
      const row = await getRow(caller)
      if (row.state !== 'open') return toProof(row)
      await takeFromLimit(pool, `sign-in-asks:${caller.accountId}`, ASKS_PER_HOUR, 3600)
      const now = clock()
      await inTransaction(pool, async (tx) => {
        await queries.noteAsked(tx, row.proof_id, now)
        const { accountId } = caller
        const details = { deviceName: row.device_name, proofId: row.proof_id }
        await writeNotice(tx, { accountId, kind: 'sign_in_asked', details, at: now })
        await audit(tx, caller, row, 'sign_in.devices_asked')
      })
      return toProof({ ...row, asked_devices_at: now })
    },

    /**
     * By a face check that this session had made. Whoever has the face of another person learns only that it is not the one.
     * @throws AppError VALIDATION_FAILED, FACE_CHECK_REQUIRED, FACE_CHECK_FAILED, IDENTITY_MISMATCH, TOO_MANY_REQUESTS.
     */
    proveByFace: async (caller: CitizenCaller, body: FaceProof): Promise<SignInProof> => {
      const identity = parseIdentity(encryption, body, today(), { birthMayBeUnknown: true })
      const row = await getRow(caller)
      if (row.state !== 'open') return toProof(row)
      const limit = config.limits.registrationTriesPerAccountPerHour
      await takeFromLimit(pool, `sign-in-face:${caller.accountId}`, limit, 3600)
      const check = faceCheckOf(encryption, caller, identity, body.faceCheckId.toLowerCase())
      requirePassed(await findFreshVerdict(pool, check, clock()))
      if (!(await isPersonOf(row, identity))) throw new AppError('IDENTITY_MISMATCH')
      await inTransaction(pool, async (tx) => {
        const now = clock()
        const open = await queries.lockOpenProof(tx, { proofId: row.proof_id }, now)
        // The same request a moment earlier, or another proof.
        if (!open) return
        if (open.person_id !== row.person_id) throw new AppError('IDENTITY_MISMATCH')
        if (!(await usePassedFaceCheck(tx, check, now))) throw new AppError('FACE_CHECK_REQUIRED')
        await proveAs(tx, open, 'face', now)
        await audit(tx, caller, open, 'sign_in.proved', { means: 'face' })
      })
      return toProof(await getRow(caller))
    },

    /** Sign-ins elsewhere that ask the caller's device. */
    listSignInRequests: async (caller: CitizenCaller): Promise<{ requests: SignInRequest[] }> => {
      const rows = await queries.listAsking(pool, caller.accountId, clock())
      return {
        requests: rows.map((row) => ({
          proofId: row.proof_id,
          deviceName: row.device_name,
          signedInAt: row.signed_in_at.toISOString(),
          askedAt: (row.asked_devices_at ?? row.signed_in_at).toISOString(),
          expiresAt: row.expires_at.toISOString(),
        })),
      }
    },

    /** @throws AppError NOT_FOUND (not of this account, ended), STATE_CONFLICT (decided otherwise before). */
    answerSignInRequest: async (
      caller: CitizenCaller,
      proofId: string,
      answer: SignInAnswer,
    ): Promise<null> => {
      const ended = await inTransaction(pool, async (tx) => {
        const now = clock()
        const row = await queries.lockOpenProof(tx, { proofId }, now)
        if (!row || row.account_id !== caller.accountId || !row.asked_devices_at) {
          const known = await queries.findProof(tx, proofId)
          if (known?.account_id !== caller.accountId || known.state === 'open')
            throw new AppError('NOT_FOUND')
          if ((known.state === 'proved') !== (answer === 'agreed')) throw new AppError('STATE_CONFLICT')
          return []
        }
        if (answer === 'agreed') {
          await proveAs(tx, row, 'device', now)
          await audit(tx, caller, row, 'sign_in.proved', { means: 'device' })
          return []
        }
        await queries.closeProof(tx, row.proof_id, { state: 'refused', at: now })
        await audit(tx, caller, row, 'sign_in.refused')
        return endOneSession(tx, row.account_id, row.session_id, now)
      })
      accounts.forgetSessions(ended)
      return null
    },
  }
}
