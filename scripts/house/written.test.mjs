import { describe, expect, it } from 'vitest'
import { findSecondReadings } from './written.mjs'

describe('the one home of written forms', () => {
  it.each([
    ['const phone = /^1[3-9][0-9]{9}$/', 'phone.ts'],
    ['const id = /^\\d{17}[\\dX]$/', 'document-number.ts'],
    ['text.replace(/[\\u200b-\\u200f]/g, "")', 'characters.ts'],
    ['String.fromCharCode(code - 0xfee0)', 'characters.ts'],
    ['/^(\\d{4})年(\\d{1,2})月/', 'instant.ts'],
    ['/^[1-9][0-9]{5}$/', 'division-code.ts'],
  ])('is missed by %s', (line, file) => {
    expect(findSecondReadings('apps/server/src/a.ts', line)).toEqual([expect.stringContaining(file)])
  })
  it('is not missed by other code', () => {
    expect(findSecondReadings('a.ts', "const mark = '\\ufeff'\n/^[0-9]{6}$/")).toEqual([])
  })
})
