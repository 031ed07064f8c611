import { describe, expect, it } from 'vitest'
import { findSmsDestination } from './sms-destination.ts'

describe('a text', () => {
  it.each([
    ['+8613912345678', 'CN'],
    ['+8617012345678', 'CN'],
    ['+85291234567', 'HK'],
    ['+85366123456', 'MO'],
    ['+886912345678', 'TW'],
    ['+12125551234', 'US'],
    ['+18765551234', 'JM'],
    ['+33612345678', 'FR'],
    ['+79161234567', 'RU'],
  ])('to %s goes to %s', (phone, country) => {
    expect(findSmsDestination(phone)?.country).toBe(country)
  })

  it.each([
    ['premium', '+19005551234'],
    ['satellite', '+88212345678'],
    ['satellite', '+8821612345678'],
    ['satellite', '+881612345678'],
    ['satellite', '+870773111632'],
    ['international premium', '+979123456789'],
    ['international networks', '+8835100012345'],
    ['freephone', '+80012345678'],
    ['not assigned', '+9991234567'],
    ['not assigned', '+2101234567'],
    ['personal numbers', '+447012345678'],
    ['a fixed line', '+33123456789'],
    ['a mainland satellite phone', '+8613491234567'],
    ['a mainland satellite phone', '+8617405123456'],
  ])('to %s never goes: %s', (_, phone) => {
    expect(findSmsDestination(phone)).toBeUndefined()
  })
})
