import { toPlainText } from '@jiankangbao/domain/written/characters'
import { readOneTimeCode } from '@jiankangbao/domain/written/one-time-code'

/** The six digits out of whatever was typed or pasted: `123 456`, `１２３４５６`, `code: 123456`; while typing, those there are. */
export const toTotp = (text: string): string =>
  readOneTimeCode(text) ??
  toPlainText(text)
    .replace(/[^0-9]/g, '')
    .slice(0, 6)
