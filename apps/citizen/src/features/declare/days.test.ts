import { describe, expect, it } from 'vitest'
import { dayOfDigits, instantOfDigits, tenthsOf } from './days.ts'

describe('what people type', () => {
  it('is a day', () => {
    expect([dayOfDigits('20220320'), dayOfDigits('2022-03-20'), dayOfDigits('3月')]).toEqual([
      '2022-03-20',
      '2022-03-20',
      '3月',
    ])
  })
  it('is an instant of Shanghai', () => {
    expect(instantOfDigits('20220320', '18:30')).toBe('2022-03-20T10:30:00.000Z')
    expect(instantOfDigits('20220320', '1')).toBeUndefined()
    expect(instantOfDigits('20221320', '1830')).toBeUndefined()
  })
  it('is a temperature', () => {
    expect([tenthsOf(''), tenthsOf('36.5'), tenthsOf('37'), tenthsOf('36。6')]).toEqual([
      undefined,
      365,
      370,
      366,
    ])
    for (const wrong of ['365', '30.0', '36.55', 'warm']) expect(tenthsOf(wrong)).toBeNaN()
  })
})
