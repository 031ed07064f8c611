import { describe, expect, it } from 'vitest'
import { divisionCovers } from './division.ts'

describe('divisionCovers', () => {
  it.each([
    ['320300', '320300', true],
    ['320300', '320311', true],
    ['320300', '320302001', true],
    ['320302', '320302001001', true],
    ['320302', '320303', false],
    ['320302', '320300', false],
    ['320302001', '320302001001', true],
    ['320302001', '320302010', false],
    ['320302001', '320302', false],
    ['320000', '320311', true],
    ['320300', '320400', false],
  ])('%s covers %s: %s', (scope, code, expected) => {
    expect(divisionCovers(scope, code)).toBe(expected)
  })
})
