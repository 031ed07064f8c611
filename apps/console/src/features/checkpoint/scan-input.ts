import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { parseScannedText } from '@jiankangbao/domain/codes/scanned-text'
import type { UnreadableCause } from '@jiankangbao/domain/codes/unreadable'

/** A live or paper code: `qrText` alone, and `other` or `isGuess` where the keyboard leaves a doubt (`ScannedToken`). */
export interface CodeInput {
  way: 'qr'
  qrText: string
  kind: 'personal' | 'paper'
  other?: string
  isGuess?: true
}

/** What is asked about: exactly one of the ways of the contract, or something that can not be asked about. */
export type CheckInput =
  | CodeInput
  | { way: 'numeric'; numericCode: string }
  | { way: 'document'; document: { type: DocumentType; number: string; country?: string } }
  | { way: 'unreadable'; cause: UnreadableCause }
  | { way: 'foreign'; isVenue: boolean }

/** What a camera, a hand scanner, a card reader or a keyboard delivered. A posted venue code is not for staff to check. */
export const toCheckInput = (text: string): CheckInput => {
  const read = parseScannedText(text)
  switch (read.kind) {
    case 'personal':
    case 'paper': {
      const { value, ...rest } = read
      return { way: 'qr', qrText: value, ...rest }
    }
    case 'numeric':
      return { way: 'numeric', numericCode: read.value }
    case 'document':
      return { way: 'document', document: { type: read.documentType, number: read.value } }
    case 'unreadable':
      return { way: 'unreadable', cause: read.cause }
    default:
      return { way: 'foreign', isVenue: read.kind === 'venue' }
  }
}
