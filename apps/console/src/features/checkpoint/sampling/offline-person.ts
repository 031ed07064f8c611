import { decodeBase64Url } from '@jiankangbao/domain/codes/base64url'
import { verifyPaperCodeAsync } from '@jiankangbao/domain/codes/paper-code'
import { verifyPersonalCodeAsync } from '@jiankangbao/domain/codes/personal-code'
import { mustBeSampledSingly, type SampleOutcome } from '@jiankangbao/domain/testing/sampling'
import type { TubeKind } from '@jiankangbao/domain/testing/tube-barcode'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import type { CheckInput } from '../scan-input.ts'
import { findVerifier, type KeptKeys } from '../verification-keys.ts'

export interface OfflinePerson {
  outcome: SampleOutcome
  /** Names the code, never the person: the same one twice in a tube is noticed. */
  key: string
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** What can be said of somebody without the network: the signature, the age and the colour of a live code. */
export const judgeOffline = async (
  input: CheckInput,
  tube: { kind: TubeKind; keys: readonly string[] },
  kept: KeptKeys | undefined,
  phoneMs: number,
): Promise<OfflinePerson> => {
  if (input.way === 'document') {
    const key = `${input.document.type}:${input.document.number}`
    return { outcome: tube.keys.includes(key) ? 'already_in_tube' : 'taken', key }
  }
  if (input.way !== 'qr') return { outcome: 'code_unreadable', key: '' }
  const nowMs = phoneMs + (kept?.clockOffsetMs ?? 0)
  const keys = findVerifier(kept?.keys ?? [], nowMs)
  const verified =
    input.kind === 'personal'
      ? await verifyPersonalCodeAsync(input.qrText, { nowSeconds: Math.floor(nowMs / 1000), keys })
      : await verifyPaperCodeAsync(input.qrText, { todayOn: shanghaiDayOf(nowMs), keys })
  if (verified.outcome === 'forged' || verified.outcome === 'unknown_key')
    return { outcome: 'code_forged', key: '' }
  if (verified.outcome === 'unreadable' || !decodeBase64Url(input.qrText))
    return { outcome: 'code_unreadable', key: '' }
  if (verified.outcome !== 'valid') return { outcome: 'code_expired', key: '' }
  const key = hex(verified.claims.codeId)
  if (tube.keys.includes(key)) return { outcome: 'already_in_tube', key }
  const colour = 'colour' in verified.claims ? verified.claims.colour : 'none'
  return { outcome: mustBeSampledSingly(colour, tube.kind) ? 'must_be_single' : 'taken', key }
}
