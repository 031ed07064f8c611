import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDivisionCode, readDivisionCode } from '../written/division-code.ts'
import { isAbroad, isForeignCountry, readCountry } from './countries.ts'
import {
  findDivisionName,
  isNameOfDivision,
  isPlace,
  listDivisionCodes,
  listDivisionsBelow,
  listHeirs,
  listOtherCodes,
  toDivisionOfToday,
} from './divisions.ts'

const ALL = listDivisionCodes()

describe('the one form of a code', () => {
  it.each([
    ['330106', '330106'],
    ['33', '330000'],
    ['330000', '330000'],
    ['330000000000', '330000'],
    ['3301', '330100'],
    ['330100000', '330100'],
    ['330106000', '330106'],
    ['330106000000', '330106'],
    ['330106001', '330106001'],
    ['330106001000', '330106001'],
    ['330106001002', '330106001002'],
    ['441900003', '441900003'],
    ['460001000000', '460001'],
    ['156320303', '320303'],
    ['156320303000', '320303'],
    ['156-320303-000-000', '320303'],
    ['156330106001002', '330106001002'],
    ['15633', '330000'],
    ['1563301', '330100'],
    ['３３０１０６', '330106'],
    ['33 01 06', '330106'],
    ['33-01-06-000-000', '330106'],
    ['\u202d330106\u202c', '330106'],
    ['330106\u200b\ufeff', '330106'],
    ['「330106」', '330106'],
    ['330106.0', '330106'],
  ])('%s is %s', (raw, code) => {
    expect(readDivisionCode(raw)).toBe(code)
  })
  it.each([
    '',
    '0',
    '3',
    '330',
    '33010',
    '3301061',
    '33010600',
    '330106.00a',
    '000000',
    '030106',
    '330000001',
    '33000600',
    'USA',
    '330106杭州',
    '9'.repeat(61),
    '156',
    '15633010',
    '156330106001002003',
  ])('not %s', (raw) => {
    expect(readDivisionCode(raw)).toBeUndefined()
  })

  it('is kept by every code of the past and of today', () => {
    expect(ALL.length).toBeGreaterThan(6500)
    for (const code of ALL) expect(isDivisionCode(code), code).toBe(true)
    // Otherwise the country before a code could not be told from a code.
    expect(ALL.filter((code) => code.startsWith('156'))).toEqual([])
  })

  const streets = fc.constantFrom('', '001', '003', '400', '001001', '001200', '400498')
  // No street lies directly in a province.
  const places = fc
    .tuple(fc.constantFrom(...ALL), streets)
    .map(([county, more]) => (county.endsWith('0000') ? county : county + more))
  const signs = fc.constantFrom('', ' ', '\u3000', '-', '\u200b', '\u200e', '\u00a0', '·', '\ufeff')
  const wide = (digits: string) =>
    digits.replace(/./g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

  it('reads every decorated form as the plain one', () => {
    fc.assert(
      fc.property(
        places,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(6, 9, 12),
        fc.array(signs, { maxLength: 16 }),
        (code, country, full, length, marks) => {
          const digits = (country ? '156' : '') + code.padEnd(Math.max(length, code.length), '0')
          const decorated = [...(full ? wide(digits) : digits)]
            .map((digit, at) => (marks[at] ?? '') + digit)
            .join('')
          expect(readDivisionCode(decorated + (marks[0] ?? ''))).toBe(code)
        },
      ),
    )
  })
  it('reads what it gives as itself, and never as another place', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.stringMatching(/^[0-9]{2,16}$/),
      fc.stringMatching(/^156[1-9][0-9]{1,11}$/),
    )
    fc.assert(
      fc.property(text, (raw) => {
        const code = readDivisionCode(raw)
        if (code === undefined) return
        expect(readDivisionCode(code)).toBe(code)
        const digits = raw.normalize('NFKC').replace(/\D/g, '')
        const bare = code.replace(/0+$/, '')
        expect(digits.startsWith(bare) || digits.startsWith(`156${bare}`)).toBe(true)
        expect(digits.slice(digits.indexOf(bare) + bare.length)).toMatch(/^0*$/)
      }),
    )
  })
})

describe('divisions past and present', () => {
  it.each([
    ['330106', '浙江省杭州市西湖区'],
    ['110103', '北京市崇文区'],
    ['320323', '江苏省徐州市铜山县'],
    ['653228', '新疆维吾尔自治区和田地区和康县'],
    ['653229', '新疆维吾尔自治区和田地区和安县'],
    ['653132', '新疆维吾尔自治区喀什地区岑岭县'],
    ['659013', '新疆维吾尔自治区草湖市'],
    ['500157', '重庆市两江新区'],
    ['320371', '江苏省徐州市徐州经济技术开发区'],
    ['441900003', '广东省东莞市'],
  ])('%s is %s', (code, name) => {
    expect(findDivisionName(code)).toBe(name)
    expect(isPlace(code)).toBe(true)
  })
  it.each(['810110', '110199', '990000', '329900', '330006'])('%s never was one', (code) => {
    expect(isPlace(code)).toBe(false)
    expect(findDivisionName(code)).toBeUndefined()
  })
  it('lists what is there today, development zones with the counties of their city', () => {
    expect(listDivisionsBelow(undefined)).toHaveLength(34)
    const codes = listDivisionsBelow('320300').map(({ code }) => code)
    expect(codes).toContain('320371')
    expect(codes).toContain('320302')
    expect(listDivisionsBelow('500100').map(({ code }) => code)).not.toContain('500112')
    expect(listDivisionsBelow('320302')).toEqual([])
  })
  it('knows the name of a division with those above it', () => {
    expect(isNameOfDivision('徐州市鼓楼区', '320302')).toBe(true)
    expect(isNameOfDivision('崇文区', '110103')).toBe(true)
    expect(isNameOfDivision('楼区', '320302')).toBe(false)
    expect(isNameOfDivision('鼓楼区', '320302001')).toBe(false)
  })

  it('gives every former division heirs that stand today', () => {
    for (const code of ALL) {
      const heirs = listHeirs(code)
      for (const heir of heirs) {
        expect(listHeirs(heir.code), `${code} ${heir.code}`).toEqual([])
        expect(isPlace(heir.code)).toBe(true)
      }
    }
  })
  it('knows what of an heir lies within the former one', () => {
    expect(listHeirs('330184')).toEqual([{ code: '330110', within: true }])
    expect(listHeirs('110103')).toEqual([{ code: '110101', within: false }])
    expect(listHeirs('500112')).toEqual([
      { code: '500109', within: false },
      { code: '500157', within: false },
    ])
    // A code that was given again means the last place that had it.
    expect(listHeirs('512322')).toEqual([{ code: '500231', within: true }])
    expect(listHeirs('330106')).toEqual([])
  })
  it('finds the other codes of a place in both directions', () => {
    expect(listOtherCodes('110103')).toEqual([{ code: '110101', within: false }])
    expect(listOtherCodes('110103001')).toEqual([{ code: '110101', within: false }])
    expect(listOtherCodes('110101')).toEqual([{ code: '110103', within: true }])
    expect(listOtherCodes('110101001')).toEqual([{ code: '110103', within: false }])
    expect(listOtherCodes('500109')).toContainEqual({ code: '500112', within: false })
    expect(listOtherCodes('500000')).toContainEqual({ code: '512322', within: true })
    expect(listOtherCodes('500000').every(({ code }) => !code.startsWith('50'))).toBe(true)
  })
  it('takes a code to the division of today where there is one', () => {
    expect(toDivisionOfToday('110103')).toBe('110101')
    expect(toDivisionOfToday('320302')).toBe('320302')
    expect(toDivisionOfToday('500112')).toBe('500112')
    expect(toDivisionOfToday('320302001')).toBe('320302001')
    expect(toDivisionOfToday('110103001')).toBe('110103001')
  })
})

describe('countries', () => {
  it('are those of ISO 3166-1, without China and without nationalities', () => {
    expect(['USA', 'MMR', 'GBR'].every(isForeignCountry)).toBe(true)
    expect(['CHN', 'GBD', 'XXA', 'XXX', 'usa', 'ZZZ', '', 'HKG'].some(isForeignCountry)).toBe(false)
    expect(readCountry('usa')).toBe('USA')
    expect(readCountry('CHN')).toBeUndefined()
  })
  it('and Hongkong, Macao and Taiwan are one place with their divisions', () => {
    expect(['HKG', 'MAC', 'TWN'].map(readCountry)).toEqual(['810000', '820000', '710000'])
    expect(['USA', '810000', '710000'].every(isAbroad)).toBe(true)
    expect(['320300', 'CHN', '330106001'].some(isAbroad)).toBe(false)
  })
})
