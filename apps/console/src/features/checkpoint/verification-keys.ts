import type { VerificationKey } from '@jiankangbao/contracts/code/schemas'
import { decodeBase64Url } from '@jiankangbao/domain/codes/base64url'
import type { VerifyAsync } from '@jiankangbao/domain/codes/signed-token'
import { verifyAsync } from '@noble/ed25519'
import { readStored, writeStored } from '../../api/stored.ts'
import { fetchVerificationKeys } from './check-client.ts'

/** Keys as fetched last, with how far this phone's clock is from the server's. */
export interface KeptKeys {
  keys: VerificationKey[]
  fetchedAt: number
  /** Server minus phone, milliseconds. */
  clockOffsetMs: number
}

const KEY = 'verificationKeys'
// Codes signed just before a key ended are still shown for a moment.
const GRACE_MS = 120_000

export const readKeys = (): KeptKeys | undefined => readStored<KeptKeys>(KEY)

/** Whether a key that would still be good is no longer told: it leaked, and whatever it signed counts for nothing. */
const isOneWithdrawn = (
  before: readonly VerificationKey[],
  now: readonly VerificationKey[],
  nowMs: number,
): boolean =>
  before.some(
    ({ keyId, validUntil }) =>
      (validUntil === undefined || Date.parse(validUntil) > nowMs) &&
      !now.some((each) => each.keyId === keyId),
  )

const WITHDRAWN = 'keyWithdrawn'

/** Until somebody at the door has read it, also over a reload. */
export const isWithdrawalUnread = (): boolean => readStored<boolean>(WITHDRAWN) === true

export const noteWithdrawalRead = (): boolean => writeStored(WITHDRAWN, undefined)

/** Fetches the keys and keeps them for the time without network. Failing is no harm: the kept ones stay. */
export const refreshKeys = async (): Promise<KeptKeys | undefined> => {
  try {
    const { keys, serverTime } = await fetchVerificationKeys()
    const now = Date.now()
    if (isOneWithdrawn(readKeys()?.keys ?? [], keys, Date.parse(serverTime))) writeStored(WITHDRAWN, true)
    const kept = { keys, fetchedAt: now, clockOffsetMs: Date.parse(serverTime) - now }
    writeStored(KEY, kept)
    return kept
  } catch {
    return readKeys()
  }
}

/** The verifier of a key id at an instant; undefined for a key that is unknown or not in force. */
export const findVerifier =
  (keys: readonly VerificationKey[], nowMs: number) =>
  (keyId: number): VerifyAsync | undefined => {
    const key = keys.find((candidate) => candidate.keyId === keyId)
    if (!key || Date.parse(key.validFrom) > nowMs + GRACE_MS) return undefined
    if (key.validUntil !== undefined && Date.parse(key.validUntil) < nowMs - GRACE_MS) return undefined
    const publicKey = decodeBase64Url(key.publicKey)
    if (publicKey?.length !== 32) return undefined
    return (message, signature) =>
      verifyAsync(signature, message, publicKey, { zip215: false }).catch(() => false)
  }
