import { describe, expect, it } from 'vitest'
import { formatDay, formatInstant, parseLocalInput, toLocalInput } from './instants.ts'

describe('instants', () => {
  it('are shown in Asia/Shanghai whatever the machine thinks', () => {
    expect(formatInstant('2022-03-31T16:00:00.000Z')).toBe('2022-04-01 00:00')
    expect(formatDay('2022-03-31T15:59:59.999Z')).toBe('2022-03-31')
    expect([formatInstant(undefined), formatInstant('nonsense')]).toEqual(['', ''])
  })

  it('are read from inputs as Asia/Shanghai', () => {
    expect(parseLocalInput('2022-04-01T00:00')).toBe('2022-03-31T16:00:00.000Z')
    expect(parseLocalInput('2022-04-01')).toBe('2022-03-31T16:00:00.000Z')
    expect(parseLocalInput('')).toBeUndefined()
    expect(toLocalInput(Date.parse('2022-03-31T16:05:00Z'))).toBe('2022-04-01T00:05')
  })
})
