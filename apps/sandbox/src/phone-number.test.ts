import { describe, expect, it } from 'vitest'
import { parsePhoneNumber } from './phone-number.ts'

describe('parsePhoneNumber', () => {
  it.each([
    ['13800000001', '+8613800000001'],
    ['+8613800000001', '+8613800000001'],
    [' 8613800000001', '+8613800000001'],
    ['8613800000001', '+8613800000001'],
    ['008613800000001', '+8613800000001'],
    ['+86 138-0000-0001', '+8613800000001'],
    ['+447700900123', '+447700900123'],
    [' 12125550123', '+12125550123'],
    ['00447700900123', '+447700900123'],
  ])('%j is %s', (typed, phone) => {
    expect(parsePhoneNumber(typed)).toBe(phone)
  })

  it.each(['', '138', '12345', '+0123456789', '23800000001', 'abc', '+12345678901234567'])(
    '%j is no number',
    (typed) => {
      expect(parsePhoneNumber(typed)).toBeUndefined()
    },
  )
})
