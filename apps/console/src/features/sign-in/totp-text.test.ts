import { expect, it } from 'vitest'
import { toTotp } from './totp-text.ts'

it.each([
  ['123 456', '123456'],
  ['１２３４５６', '123456'],
  ['Code: 123-456.', '123456'],
  ['1234567', '123456'],
  ['12', '12'],
])('%s pastes as %s', (text, digits) => {
  expect(toTotp(text)).toBe(digits)
})
