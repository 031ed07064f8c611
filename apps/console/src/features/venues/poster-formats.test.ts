import { describe, expect, it } from 'vitest'
import { copiesOf, lengthOf, MOST_COPIES, posterFormatOf, toSheets } from './poster-formats.ts'

describe('what is printed', () => {
  it('fills sheets in order, the last one as far as it goes', () => {
    expect(toSheets(['a', 'b', 'c'], 1, 2)).toEqual([['a', 'b'], ['c']])
    expect(toSheets(['a', 'b'], 3, 4)).toEqual([
      ['a', 'a', 'a', 'b'],
      ['b', 'b'],
    ])
    expect(toSheets([], 3, 4)).toEqual([])
  })

  it('takes A4 and one copy where the address asks for nothing that there is', () => {
    expect(['vehicle', 'a0', null, 'toString'].map(posterFormatOf)).toEqual(['vehicle', 'a4', 'a4', 'a4'])
    expect(['4', '0', '-1', '1.5', 'x', null, String(MOST_COPIES + 1)].map(copiesOf)).toEqual([
      4, 1, 1, 1, 1, 1, 1,
    ])
  })

  it('makes the letters of a name smaller the wider it is; a hanzi counts as two', () => {
    expect(lengthOf('云上小店')).toBe('short')
    expect(lengthOf('国'.repeat(16))).toBe('long')
    expect(lengthOf('a'.repeat(31))).toBe('long')
    expect(lengthOf('国'.repeat(36))).toBe('longest')
  })
})
