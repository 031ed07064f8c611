import { verifyPaperCodeAsync } from '@jiankangbao/domain/codes/paper-code'
import { verifyPersonalCodeAsync } from '@jiankangbao/domain/codes/personal-code'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { type Face, toForeignFace, toUnreadableFace } from './face.ts'
import type { CheckInput, CodeInput } from './scan-input.ts'
import { findVerifier, type KeptKeys } from './verification-keys.ts'

const blank = { reasons: [], isOffline: true } as const

/**
 * What can be said without the network: signature and age of a live code with the colour it carries, the signature of
 * a paper code. Everything else is said to be impossible.
 */
export const checkOffline = async (
  input: CheckInput,
  kept: KeptKeys | undefined,
  phoneMs: number,
): Promise<Face> => {
  if (input.way === 'numeric') return { ...blank, key: 'none', hint: 'offlineNumeric' }
  if (input.way === 'document') return { ...blank, key: 'none', hint: 'offlineDocument' }
  if (input.way !== 'qr') return toForeignFace(input)
  if (!kept || kept.keys.length === 0) return { ...blank, key: 'none', hint: 'offlineNoKeys' }
  const nowMs = phoneMs + kept.clockOffsetMs
  const keys = findVerifier(kept.keys, nowMs)
  const judge = (qrText: string): Promise<Face> =>
    input.kind === 'personal'
      ? verifyPersonalCodeAsync(qrText, { nowSeconds: Math.floor(nowMs / 1000), keys }).then(judgePersonal)
      : verifyPaperCodeAsync(qrText, { todayOn: shanghaiDayOf(nowMs), keys }).then(judgePaper)
  return judgeReadings(input, judge)
}

const judgeReadings = async (
  { qrText, other, isGuess }: CodeInput,
  judge: (qrText: string) => Promise<Face>,
): Promise<Face> => {
  const first = await judge(qrText)
  const last = first.key === 'forged' && other ? await judge(other) : first
  return last.key === 'forged' && isGuess ? toUnreadableFace('keyboard_layout') : last
}

const judgePersonal = (verified: Awaited<ReturnType<typeof verifyPersonalCodeAsync>>): Face => {
  if (verified.outcome === 'unreadable') return toUnreadableFace('garbled')
  if (verified.outcome === 'forged') return { ...blank, key: 'forged', hint: 'forged' }
  if (verified.outcome === 'unknown_key') return { ...blank, key: 'none', hint: 'offlineNoKeys' }
  if (verified.outcome === 'not_yet') return { ...blank, key: 'none', detail: 'not_yet_valid' }
  const ageSeconds = Math.max(0, verified.ageSeconds)
  if (verified.outcome !== 'valid') return { ...blank, key: 'expired', hint: 'offlineExpired', ageSeconds }
  return { ...blank, key: 'offline', hint: 'offline', colour: verified.claims.colour, ageSeconds }
}

const judgePaper = (verified: Awaited<ReturnType<typeof verifyPaperCodeAsync>>): Face => {
  if (verified.outcome === 'unreadable') return toUnreadableFace('garbled')
  if (verified.outcome === 'forged') return { ...blank, key: 'forged', hint: 'paperForged' }
  if (verified.outcome === 'unknown_key') return { ...blank, key: 'none', hint: 'offlineNoKeys' }
  if (verified.outcome !== 'valid') return { ...blank, key: 'expired', hint: 'expired' }
  return { ...blank, key: 'paperOffline', hint: 'paperOffline', documentNeeded: true }
}
