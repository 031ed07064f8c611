import { codeInLink } from '@jiankangbao/domain/codes/link'
import { parseScannedText } from '@jiankangbao/domain/codes/scanned-text'

export type ScanRefusal = 'foreign' | 'personal' | 'paper' | 'numeric' | 'badTyped'

/** What a text is for a citizen: a venue code to open, or why it is not one. */
export const judgeScanned = (
  text: string,
  typed: boolean,
): { ok: true; code: string } | { ok: false; reason: ScanRefusal } => {
  const { kind, value } = parseScannedText(text)
  if (kind === 'venue') return { ok: true, code: value }
  // Damaged or not, it is a code that only staff scan.
  if (kind === 'unreadable' && codeInLink(text, 'p')) return { ok: false, reason: 'personal' }
  if (kind === 'unreadable' && codeInLink(text, 'k')) return { ok: false, reason: 'paper' }
  if (kind === 'unknown' || kind === 'unreadable' || kind === 'document')
    return { ok: false, reason: typed ? 'badTyped' : 'foreign' }
  return { ok: false, reason: kind }
}
