import { parseScannedText } from '@jiankangbao/domain/codes/scanned-text'
import { replaceWith } from '../../platform/navigate.ts'
import { makeRequestId } from '../../platform/random-id.ts'

export type ScanRefusal = 'foreign' | 'personal' | 'paper' | 'numeric' | 'badTyped'

/** What a text is for a citizen: a venue code to open, or why it is not one. */
export const judgeScanned = (
  text: string,
  typed: boolean,
): { ok: true; code: string } | { ok: false; reason: ScanRefusal } => {
  const { kind, value } = parseScannedText(text)
  if (kind === 'venue') return { ok: true, code: value }
  if (kind === 'unknown' || kind === 'unreadable' || kind === 'document')
    return { ok: false, reason: typed ? 'badTyped' : 'foreign' }
  return { ok: false, reason: kind }
}

/** Opens the door of a venue code; each call is a scan of its own. */
export const openDoor = (code: string, choose: boolean): void =>
  replaceWith('door', {
    code,
    scan: makeRequestId(),
    at: Date.now().toString(36),
    ...(choose ? { choose: '1' } : {}),
  })
