import type { Colour } from '@jiankangbao/contracts/atoms'
import type { CheckRequest, CheckResult } from '@jiankangbao/contracts/check/schemas'
import { UNREADABLE_CAUSES, type UnreadableCause } from '@jiankangbao/domain/codes/unreadable'
import type { Keeping } from './check-outbox.ts'

/** Every result has its own face: word, symbol, pattern, sound, vibration. */
export const FACE_KEYS = [
  'admit',
  'deny',
  'review',
  'none',
  'expired',
  'revoked',
  'forged',
  'unknown',
  'foreign',
  'unreadable',
  'busy',
  'offline',
  'paperOffline',
  'error',
] as const
export type FaceKey = (typeof FACE_KEYS)[number]

export interface Face {
  key: FaceKey
  /** Key of the explaining line in `checkpoint.hints`. */
  hint?: string
  colour?: Colour
  /** Decision reason codes. */
  reasons: readonly string[]
  /** Admitted where entry registration is asked for, because it was found. */
  entryRegistered?: boolean
  nameMasked?: string
  documentNumberMasked?: string
  latestTestAt?: string
  documentNeeded?: boolean
  detail?: string
  ageSeconds?: number
  late?: boolean
  isOffline: boolean
  /** Why there is no answer of the server. */
  cause?: 'network' | 'timeout'
  /** Where a check without an answer is kept. */
  kept?: Keeping
  /** Words of an error, and the request's number. */
  problem?: { title: string; requestId?: string }
  waitSeconds?: number
  /** Staff who compare both documents may let pass: the check that it is written to. */
  mayLetPass?: { requestId: string; pointId: string }
}

const refusals = ['expired', 'revoked', 'forged', 'unknown', 'busy'] as const

/** The face of a server's answer. Only "green, and the venue admits" looks like admission; anything unclear does not. */
export const toFace = (result: CheckResult, check?: CheckRequest): Face => {
  const { outcome, checkedAt: _checkedAt, decision: _decision, colour, ...rest } = result
  const base = {
    ...rest,
    isOffline: false,
    ...(check && rest.detail === 'identity_unconfirmed'
      ? { mayLetPass: { requestId: check.requestId, pointId: check.pointId } }
      : {}),
  }
  const cause = UNREADABLE_CAUSES.find((known) => rest.detail === `unreadable_${known}`)
  if (cause) return toUnreadableFace(cause)
  const refusal = refusals.find((known) => known === outcome)
  if (refusal) return { ...base, key: refusal, hint: refusal }
  const shown: Colour = colour ?? (outcome as Colour)
  return { ...base, ...decide(result, shown), colour: shown }
}

/** The face of what looks like a code of ours but was damaged by scanner, keyboard or input method. */
export const toUnreadableFace = (cause: UnreadableCause): Face => ({
  key: 'unreadable',
  hint: `unreadable.${cause}`,
  reasons: [],
  isOffline: false,
})

/** The face of what is no health code; it says what it is, where that is known. */
export const toForeignFace = (
  input: { way: 'foreign'; isVenue: boolean } | { way: 'unreadable'; cause: UnreadableCause },
): Face =>
  input.way === 'unreadable'
    ? toUnreadableFace(input.cause)
    : { key: 'foreign', hint: input.isVenue ? 'venueCode' : 'notOurs', reasons: [], isOffline: false }

const decide = ({ outcome, decision, detail }: CheckResult, colour: Colour): Pick<Face, 'key' | 'hint'> => {
  // Somebody to look at, not somebody without a status: the line says what to compare.
  if (detail === 'identity_unconfirmed' && decision === 'review') return { key: 'review' }
  if (outcome === 'none' || colour === 'none') return { key: 'none', hint: 'none' }
  if (decision === 'deny') return { key: 'deny' }
  if (decision === 'admit' && outcome === 'green' && colour === 'green') return { key: 'admit' }
  return { key: 'review' }
}

export type Tone = 'green' | 'yellow' | 'red' | 'blue' | 'grey' | 'black' | 'violet'

/** Full-bleed colour of a face. A green person who needs a closer look is blue: never the green of admission. */
export const toneOf = ({ key, colour }: Face): Tone => {
  if (key === 'admit') return 'green'
  if (key === 'deny' || key === 'review')
    return colour === 'red' ? 'red' : colour === 'yellow' ? 'yellow' : 'blue'
  if (key === 'offline')
    return colour === 'green' || colour === 'yellow' || colour === 'red' ? colour : 'grey'
  if (key === 'forged') return 'black'
  if (key === 'busy') return 'violet'
  if (key === 'paperOffline') return 'blue'
  return 'grey'
}

/** Key of the word of a face: an admission at a station names the registration it rests on. */
export const wordKeyOf = ({ key, entryRegistered }: Face): string =>
  key === 'admit' && entryRegistered ? 'checkpoint.registered' : `checkpoint.words.${key}`

/** Milliseconds after which the face goes by itself; undefined for those that wait for a tap or the next code. */
export const staysFor = (face: Face): number | undefined => {
  if (face.key !== 'admit' || face.documentNeeded) return undefined
  return 2500
}

/**
 * Whether a face stays until somebody taps it, whatever comes in front of the camera: all but green. The next phone is in
 * view within two seconds, and who was refused would walk on under the answer of the person behind.
 */
export const isHeld = (face: Face): boolean => toneOf(face) !== 'green'
