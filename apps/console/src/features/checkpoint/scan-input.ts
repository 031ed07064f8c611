import { parseScannedText } from '@jiankangbao/domain/codes/scanned-text'

/** What is asked about: exactly one of the ways of the contract, or something that is no code of ours. */
export type CheckInput =
  | { way: 'qr'; qrText: string; kind: 'personal' | 'paper' }
  | { way: 'numeric'; numericCode: string }
  | { way: 'foreign'; text: string }

/** What a camera, a hand scanner or a keyboard delivered. A posted venue code is not for staff to check. */
export const toCheckInput = (text: string): CheckInput => {
  const { kind, value } = parseScannedText(text)
  if (kind === 'personal' || kind === 'paper') return { way: 'qr', qrText: text.trim(), kind }
  if (kind === 'numeric') return { way: 'numeric', numericCode: value }
  return { way: 'foreign', text: text.slice(0, 60) }
}
