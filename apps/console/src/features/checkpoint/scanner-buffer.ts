import { parseScannedText } from '@jiankangbao/domain/codes/scanned-text'

/** Hand scanners type fast. What stood in the field longer ago than this was a stray key. */
export const STALE_MS = 3000

export interface ScannerBuffer {
  text: string
  at: number
}

export const emptyBuffer: ScannerBuffer = { text: '', at: 0 }

/** The buffer after the hidden field changed to `value`: what was left behind earlier falls away. */
export const takeTyped = (before: ScannerBuffer, value: string, nowMs: number): ScannerBuffer => {
  const isStale = before.text !== '' && nowMs - before.at > STALE_MS
  const text = isStale && value.startsWith(before.text) ? value.slice(before.text.length) : value
  return { text: text.slice(0, 600), at: nowMs }
}

/** What to submit at Enter or Tab; undefined where nothing was scanned. */
export const toSubmit = (buffer: ScannerBuffer): string | undefined => {
  const text = buffer.text.trim()
  return text === '' ? undefined : text
}

// Longer than anything a hand types here.
const SCANNED_LENGTH = 60

/**
 * Whether a text is complete without its Enter: a signed code, the number of a card, or something long that is damaged.
 * Never eight digits: they may be the beginning of eighteen.
 */
export const isWholeCode = (text: string): boolean => {
  const { kind } = parseScannedText(text)
  return kind === 'personal' || kind === 'paper' || kind === 'document' || text.length >= SCANNED_LENGTH
}
