import { afterEach, describe, expect, it } from 'vitest'
import type { DivisionChanges } from './division-changes.ts'
import {
  findDivisionName,
  findFaultsOfChanges,
  isPlace,
  listDivisionCodes,
  listDivisionsBelow,
  listHeirs,
  listOtherCodes,
  setDivisionChanges,
  toDivisionOfToday,
} from './divisions.ts'

afterEach(() => {
  setDivisionChanges([])
})

// Nobody did any of this.
const SPLIT: DivisionChanges = {
  made: [
    { code: '320306', name: '淮海区' },
    { code: '320307', name: '故黄河区' },
  ],
  ended: [
    {
      code: '320303',
      heirs: [
        { code: '320306', within: true },
        { code: '320307', within: false },
      ],
    },
  ],
}

describe('changes of divisions', () => {
  it('make and end them, and forget no code', () => {
    const before = listDivisionCodes()
    expect(setDivisionChanges([SPLIT])).toBe(true)
    expect(setDivisionChanges([SPLIT])).toBe(false)
    expect(findDivisionName('320306')).toBe('江苏省徐州市淮海区')
    expect(findDivisionName('320303')).toBe('江苏省徐州市云龙区')
    const codes = listDivisionsBelow('320300').map(({ code }) => code)
    expect(codes).toEqual([...codes].sort())
    expect([codes.includes('320303'), codes.includes('320306'), codes.includes('320307')]).toEqual([
      false,
      true,
      true,
    ])
    expect(before.every(isPlace)).toBe(true)
    expect(listOtherCodes('320303')).toEqual([
      { code: '320306', within: true },
      { code: '320307', within: false },
    ])
    expect(listOtherCodes('320306')).toEqual([{ code: '320303', within: false }])
    setDivisionChanges([])
    expect(isPlace('320306')).toBe(false)
    expect(findDivisionName('320303')).toBe('江苏省徐州市云龙区')
  })
  it('rename a division that goes on', () => {
    setDivisionChanges([{ made: [{ code: '320321', name: '丰市' }] }])
    expect(findDivisionName('320321')).toBe('江苏省徐州市丰市')
    expect(listDivisionsBelow('320300').filter(({ code }) => code === '320321')).toHaveLength(1)
  })
  it('hand what a former one left to its heirs of today', () => {
    // 崇文区 110103 is in 东城区 110101 since 2010.
    const merged: DivisionChanges = {
      made: [{ code: '110120', name: '中城区' }],
      ended: [{ code: '110101', heirs: [{ code: '110120', within: true }] }],
    }
    setDivisionChanges([merged])
    expect(listHeirs('110103')).toEqual([{ code: '110120', within: false }])
    expect(listHeirs('110101')).toEqual([{ code: '110120', within: true }])
    expect(toDivisionOfToday('110103')).toBe('110120')
    for (const code of listDivisionCodes())
      for (const heir of listHeirs(code)) expect(listHeirs(heir.code), code).toEqual([])
  })
  it('follow each other', () => {
    const again: DivisionChanges = {
      made: [{ code: '320303', name: '云龙新区' }],
      ended: [{ code: '320306', heirs: [{ code: '320303', within: true }] }],
    }
    setDivisionChanges([SPLIT, again])
    expect(findDivisionName('320303')).toBe('江苏省徐州市云龙新区')
    expect(listHeirs('320303')).toEqual([])
    expect(listHeirs('320306')).toEqual([{ code: '320303', within: true }])
  })
})

describe('what is wrong with changes', () => {
  it('is nothing where they can be made, and again where they have been', () => {
    expect(findFaultsOfChanges(SPLIT)).toEqual([])
    setDivisionChanges([SPLIT])
    expect(findFaultsOfChanges(SPLIT)).toEqual([])
  })
  it.each<[string, DivisionChanges, string, string]>([
    [
      'no county',
      {
        made: [
          { code: '320399', name: '甲' },
          { code: '329901', name: '乙' },
        ],
      },
      '/made/1/code',
      'parent_unknown',
    ],
    ['no code', { made: [{ code: '000000', name: '甲' }] }, '/made/0/code', 'no_division_code'],
    [
      'made and ended',
      {
        made: [{ code: '320303', name: '甲' }],
        ended: [{ code: '320303', heirs: [{ code: '320302', within: false }] }],
      },
      '/ended/0/code',
      'division_twice',
    ],
    [
      'never was',
      { ended: [{ code: '320399', heirs: [{ code: '320302', within: false }] }] },
      '/ended/0/code',
      'division_unknown',
    ],
    [
      'heir never was',
      { ended: [{ code: '320303', heirs: [{ code: '320399', within: false }] }] },
      '/ended/0/heirs/0/code',
      'heir_unknown',
    ],
    [
      'heir is no more',
      { ended: [{ code: '320303', heirs: [{ code: '110103', within: false }] }] },
      '/ended/0/heirs/0/code',
      'heir_unknown',
    ],
    [
      'heir of itself',
      { ended: [{ code: '320303', heirs: [{ code: '320303', within: true }] }] },
      '/ended/0/heirs/0/code',
      'heir_unknown',
    ],
    [
      'a city with districts',
      { ended: [{ code: '320300', heirs: [{ code: '320100', within: true }] }] },
      '/ended/0/code',
      'has_divisions_below',
    ],
  ])('%s', (_how, changes, path, fault) => {
    expect(findFaultsOfChanges(changes)).toContainEqual({ path, fault })
  })
})
