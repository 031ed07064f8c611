import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocumentNumber } from '../written/document-number.ts'
import { type DocumentType, residentIdCheckCharacter } from '../written/document-types.ts'
import { parsePersonName } from '../written/person-name.ts'
import { parsePhone } from '../written/phone.ts'
import { ageOn, mayHoldPaperCode } from './age.ts'
import { creditCodeCheckCharacter, parseCreditCode } from './credit-code.ts'
import { maskDocumentNumber, maskName, maskPhone } from './masks.ts'

const todayOn = '2022-03-20'
const parse = (type: DocumentType, text: string) => parseDocumentNumber(type, text, { todayOn })
const withCheck = (first17: string) => first17 + residentIdCheckCharacter(first17)

describe('resident ID (GB 11643-1999)', () => {
  it('reads the standard’s own examples, x as X, full-width digits and spaces', () => {
    expect(parse('resident_id', '11010519491231002X')).toEqual({
      ok: true,
      type: 'resident_id',
      number: '11010519491231002X',
      birthOn: '1949-12-31',
      gender: 'female',
      divisionPrefix: '110105',
    })
    for (const text of [
      '11010519491231002x',
      '１１０１０５１９４９１２３１００２Ｘ',
      ' 110105 19491231 002X ',
    ])
      expect(parse('resident_id', text)).toMatchObject({ ok: true, number: '11010519491231002X' })
    expect(parse('resident_id', '440524188001010014')).toMatchObject({
      ok: true,
      birthOn: '1880-01-01',
      gender: 'male',
    })
  })
  it('takes leap days of leap years only, births until today only, and old prefixes', () => {
    expect(parse('resident_id', withCheck('32030220000229001')).ok).toBe(true)
    expect(parse('resident_id', withCheck('32030219000229001'))).toEqual({ ok: false, reason: 'birth_date' })
    expect(parse('resident_id', withCheck('32030220220320001')).ok).toBe(true)
    expect(parse('resident_id', withCheck('32030220220321001'))).toEqual({
      ok: false,
      reason: 'birth_date_future',
    })
    expect(parse('resident_id', withCheck('52999919500101001')).ok).toBe(true)
    expect(parse('resident_id', withCheck('02030219900101001'))).toEqual({ ok: false, reason: 'format' })
  })
  it('refuses every single wrong digit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 0, max: 17 }),
        fc.integer({ min: 1, max: 9 }),
        (sequence, at, by) => {
          const number = withCheck(`32030219900101${String(sequence).padStart(3, '0')}`)
          const digit = number.charAt(at)
          const wrong = digit === 'X' ? String(by) : String((Number(digit) + by) % 10)
          expect(parse('resident_id', number.slice(0, at) + wrong + number.slice(at + 1)).ok).toBe(false)
        },
      ),
    )
  })
  it.each([
    ['32030219900101', 'length'],
    ['3203021990010100AX', 'characters'],
    ['3.20302E+17', 'length'],
    ['320302199013010010', 'birth_date'],
    ['x'.repeat(100), 'length'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parse('resident_id', text)).toEqual({ ok: false, reason })
  })
})

describe('other documents', () => {
  it.each<[DocumentType, string, boolean]>([
    ['passport', 'E12345678', true],
    ['passport', 'ab 1234567', true],
    ['passport', 'ABCDEFGH', false],
    ['passport', 'E1234567890', false],
    ['hk_macao_permit', 'H12345678', true],
    ['hk_macao_permit', 'm1234567801', true],
    ['hk_macao_permit', 'A12345678', false],
    ['hk_macao_permit', 'H1234567', false],
    ['taiwan_permit', '12345678', true],
    ['taiwan_permit', '1234567801(B)', true],
    ['taiwan_permit', '1234567', false],
    ['foreign_permanent_resident', 'USA110084071701', true],
    ['foreign_permanent_resident', withCheck('91101019900101001'), true],
    // Eighteen digits say themselves what they are of.
    ['foreign_permanent_resident', withCheck('11010119900101001'), true],
    ['foreign_permanent_resident', 'USA1100840717', false],
    ['foreign_permanent_resident', 'XXA110084071701', true],
    ['foreign_permanent_resident', 'QQQ110084071701', false],
  ])('%s %s: %s', (type, text, ok) => {
    expect(parse(type, text).ok).toBe(ok)
  })
})

describe('names', () => {
  it.each([
    ['张三', '张三', '张*'],
    [' 欧阳娜娜 ', '欧阳娜娜', '欧阳**'],
    ['欧阳', '欧阳', '欧*'],
    ['𬱖㐱', '𬱖㐱', '𬱖*'],
    ['阿卜杜拉•买买提', '阿卜杜拉·买买提', '阿******'],
    ['Mary  Ann O’Neil', "Mary Ann O'Neil", 'M** A** O**'],
    ['买买提 ・ Ali', '买买提·Ali', '买******'],
    ['王', '王', '*'],
  ])('reads %j and masks it', (text, name, mask) => {
    expect(parsePersonName(text)).toEqual({ ok: true, name })
    expect(maskName(name)).toBe(mask)
  })
  it.each([
    '',
    '   ',
    '张3',
    '张\u0663',
    '张\u0f23',
    '\u115f\u1160',
    'a×b',
    '😀',
    'a\u0000b',
    '···',
    '\ud840',
    '<script>',
    'x'.repeat(61),
  ])('refuses %j', (text) => {
    expect(parsePersonName(text).ok).toBe(false)
  })
  it('never shows more than the first character of each part, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        parsePersonName(text)
        expect(maskName(text)).toContain('*')
      }),
    )
    expect(maskDocumentNumber('320302199001011234')).toBe('32**************34')
    expect(maskDocumentNumber('ABCD')).toBe('****')
    expect([maskPhone('+8613812345678'), maskPhone('13812345678'), maskPhone('+85261234567')]).toEqual([
      '138****5678',
      '138****5678',
      '+85******567',
    ])
  })
})

describe('phones', () => {
  it.each([
    ['13812345678', '+8613812345678'],
    ['+86 138-1234-5678', '+8613812345678'],
    ['008613812345678', '+8613812345678'],
    ['１３８１２３４５６７８', '+8613812345678'],
    ['\u202d138 1234 5678\u202c', '+8613812345678'],
    ['138–1234–5678', '+8613812345678'],
    ['8613812345678', '+8613812345678'],
    ['+85261234567', '+85261234567'],
    ['0085261234567', '+85261234567'],
  ])('reads %s', (text, phone) => {
    expect(parsePhone(text)).toEqual({ ok: true, phone })
  })
  it.each([
    ['12812345678', 'format'],
    ['1381234567', 'length'],
    ['+8612345', 'length'],
    ['+0123456789', 'format'],
    ['138abcd5678', 'characters'],
    ['', 'characters'],
    ['+123456789012345678', 'length'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parsePhone(text)).toEqual({ ok: false, reason })
  })
})

describe('unified social credit code (GB 32100-2015)', () => {
  const good = `91320300MA1X00000${creditCodeCheckCharacter('91320300MA1X00000')}`
  it('reads a good one and refuses every single wrong character', () => {
    expect(parseCreditCode('91350100M000100Y43')).toEqual({ ok: true, creditCode: '91350100M000100Y43' })
    expect(parseCreditCode(good.toLowerCase())).toEqual({ ok: true, creditCode: good })
    for (let at = 0; at < 18; at += 1)
      for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY')
        if (character !== good[at])
          expect(parseCreditCode(good.slice(0, at) + character + good.slice(at + 1)).ok).toBe(false)
    expect(parseCreditCode('91350100I000100Y43')).toEqual({ ok: false, reason: 'characters' })
    expect(parseCreditCode('913')).toEqual({ ok: false, reason: 'length' })
  })
})

describe('ages', () => {
  it('counts birthdays, and knows who may carry a printed code', () => {
    expect([
      ageOn('2004-02-29', '2022-02-28'),
      ageOn('2004-02-29', '2022-03-01'),
      ageOn('1962-03-20', '2022-03-20'),
    ]).toEqual([17, 18, 60])
    expect(mayHoldPaperCode({ birthOn: '2004-03-21' }, todayOn)).toBe(true)
    expect(mayHoldPaperCode({ birthOn: '2004-03-20' }, todayOn)).toBe(false)
    expect(mayHoldPaperCode({ birthOn: '1962-03-20' }, todayOn)).toBe(true)
    expect(mayHoldPaperCode({ birthOn: '1962-03-21' }, todayOn)).toBe(false)
    expect(mayHoldPaperCode({}, todayOn)).toBe(false)
    expect(mayHoldPaperCode({ birthOn: '1990-01-01', disabled: true }, todayOn)).toBe(true)
    expect(mayHoldPaperCode({ officeDecision: true }, todayOn)).toBe(true)
  })
})
