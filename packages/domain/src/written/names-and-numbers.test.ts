import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskName } from '../identity/masks.ts'
import { parseDocumentNumber } from './document-number.ts'
import { type DocumentType, residentIdCheckCharacter } from './document-types.ts'
import { readOneTimeCode } from './one-time-code.ts'
import { comparableName, isSameName, parsePersonName } from './person-name.ts'
import { parsePhone } from './phone.ts'

const todayOn = '2026-11-29'
const numberOf = (type: DocumentType, raw: string) => {
  const parsed = parseDocumentNumber(type, raw, { todayOn })
  return parsed.ok ? `${parsed.type} ${parsed.number}` : parsed.reason
}
const nameOf = (raw: string) => {
  const parsed = parsePersonName(raw)
  return parsed.ok ? parsed.name : parsed.reason
}
const withCheck = (first17: string) => first17 + residentIdCheckCharacter(first17)
const permanent = withCheck('91134019900101001')

describe('numbers of documents', () => {
  it.each<[DocumentType, string, string]>([
    ['resident_id', '\u202d11010519491231002X\u202c', 'resident_id 11010519491231002X'],
    ['resident_id', '110105\u200e19491231\u200b002X\ufeff', 'resident_id 11010519491231002X'],
    ['resident_id', '11010519491231002×', 'resident_id 11010519491231002X'],
    ['resident_id', '11010519491231002Х', 'resident_id 11010519491231002X'],
    ['resident_id', '11010519491231002х', 'resident_id 11010519491231002X'],
    ['resident_id', '11010519491231002Ⅹ', 'resident_id 11010519491231002X'],
    ['resident_id', '11010519491231002ⅹ', 'resident_id 11010519491231002X'],
    ['resident_id', '11010519491231002✕', 'resident_id 11010519491231002X'],
    ['resident_id', '11010519491231002Χ', 'resident_id 11010519491231002X'],
    ['resident_id', '110105–19491231—002X', 'resident_id 11010519491231002X'],
    ['resident_id', '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X', 'resident_id 11010519491231002X'],
    ['resident_id', '身份证号：11010519491231002X', 'resident_id 11010519491231002X'],
    ['resident_id', "'11010519491231002X", 'resident_id 11010519491231002X'],
    ['resident_id', '110105491231002', 'fifteen_digits'],
    ['resident_id', permanent, `foreign_permanent_resident ${permanent}`],
    ['passport', permanent, `foreign_permanent_resident ${permanent}`],
    ['foreign_permanent_resident', '11010519491231002X', 'resident_id 11010519491231002X'],
    ['hk_macao_permit', withCheck('81000019900101001'), `resident_id ${withCheck('81000019900101001')}`],
    ['taiwan_permit', withCheck('83000019900101001'), `resident_id ${withCheck('83000019900101001')}`],
    ['resident_id', 'USA110084071701', 'foreign_permanent_resident USA110084071701'],
    ['hk_macao_permit', 'HA1234567', 'hk_macao_permit HA1234567'],
    ['hk_macao_permit', 'ma 1234567', 'hk_macao_permit MA1234567'],
    ['hk_macao_permit', 'Н12345678', 'hk_macao_permit H12345678'],
    ['hk_macao_permit', 'HA12345678', 'format'],
    ['taiwan_permit', '1234567801（B）', 'taiwan_permit 1234567801B'],
    ['passport', 'E12345678<', 'passport E12345678'],
    ['passport', 'ЕА1234567', 'passport EA1234567'],
    ['passport', '护照 E12345678', 'passport E12345678'],
    ['resident_id', '11010519491231002*', 'characters'],
  ])('%s %j: %s', (type, raw, read) => {
    expect(numberOf(type, raw)).toBe(read)
  })

  const good = fc
    .tuple(fc.constantFrom('110105', '320302', '830000', '911340'), fc.integer({ min: 0, max: 999 }))
    .map(([place, sequence]) => withCheck(`${place}19900101${String(sequence).padStart(3, '0')}`))
  const signs = fc.constantFrom(
    '',
    '',
    ' ',
    '\u3000',
    '\u200b',
    '\u200e',
    '\u202a',
    '-',
    '–',
    '\u00a0',
    '\ufeff',
    '_',
  )
  it('reads every decorated form as its plain one, under any type', () => {
    const types = fc.constantFrom<DocumentType>(
      'resident_id',
      'passport',
      'hk_macao_permit',
      'foreign_permanent_resident',
    )
    const tens = fc.constantFrom('X', 'x', '×', 'Х', 'Ⅹ', 'Ｘ', 'Χ')
    fc.assert(
      fc.property(
        good,
        types,
        tens,
        fc.boolean(),
        fc.array(signs, { maxLength: 20 }),
        (number, type, ten, wide, marks) => {
          const written = Array.from(number.replace(/X$/, ten), (sign, at) => {
            const full = wide && sign <= '9' ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign
            return (marks[at] ?? '') + full
          }).join('')
          const asked = parseDocumentNumber(type, number, { todayOn })
          expect(parseDocumentNumber(type, written + (marks[0] ?? ''), { todayOn })).toEqual(asked)
          expect(asked).toMatchObject({ ok: true, number })
        },
      ),
    )
  })
  it('reads what it gives as itself, and never as another number', () => {
    const text = fc.oneof(fc.string({ maxLength: 24 }), fc.stringMatching(/^[A-Z0-9 -]{5,22}$/))
    const types = fc.constantFrom<DocumentType>('resident_id', 'passport', 'hk_macao_permit', 'taiwan_permit')
    fc.assert(
      fc.property(types, text, (type, raw) => {
        const parsed = parseDocumentNumber(type, raw, { todayOn })
        if (!parsed.ok) return
        expect(parseDocumentNumber(parsed.type, parsed.number, { todayOn })).toEqual(parsed)
        const plain = raw.toUpperCase().replace(/[^A-Z0-9]/g, '')
        expect(plain.endsWith(parsed.number) || plain.startsWith(parsed.number)).toBe(true)
      }),
    )
  })
})

describe('names', () => {
  it.each([
    ['O‘Neil', "O'Neil"],
    ['O’NEIL', "O'NEIL"],
    ['Kaʻa', "Ka'a"],
    ['Rene\u0301', 'René'],
    ['Anne‐Marie', 'Anne-Marie'],
    ['Anne – Marie', 'Anne-Marie'],
    ['佐々木', '佐々木'],
    ['張 三', '張三'],
    ['张　三', '张三'],
    ['王\ue863', '王䶮'],
    ['王\ue81f', '王㖞'],
    ['王\ue816', '王𠂇'],
    ['王\u2f42', '王文'],
    ['⻢云', '马云'],
    ['SMITH,JOHN', 'SMITH JOHN'],
    ['SMITH, JOHN', 'SMITH JOHN'],
    ['SMITH/JOHN', 'SMITH JOHN'],
    ['SMITH<<JOHN<PAUL<<<<', 'SMITH JOHN PAUL'],
    ['अनिल शर्मा', 'अनिल शर्मा'],
    ['דוד כהן', 'דוד כהן'],
    ['გიორგი', 'გიორგი'],
    ['Արամ', 'Արամ'],
    ['សុខ', 'សុខ'],
    ['አበበ', 'አበበ'],
    ['ꀀꀁ', 'ꀀꀁ'],
    ['ﾔﾏﾀﾞ', 'ヤマダ'],
    ['买买提.艾力', '买买提·艾力'],
    ['买买提。艾力', '买买提·艾力'],
    ['买买提‧艾力', '买买提·艾力'],
    ['John Smith Jr.', 'John Smith Jr.'],
    ['\u202d张三\u202c', '张三'],
    ['·张三', 'characters'],
    ['张三·', 'characters'],
    ['买买提··艾力', 'characters'],
    ['张三3', 'characters'],
    ['A/B/C', 'characters'],
    ['a<b', 'characters'],
    ['張三१', 'characters'],
  ])('%j is %j', (raw, name) => {
    expect(nameOf(raw)).toBe(name)
    if (name !== 'characters') expect(nameOf(name)).toBe(name)
  })
  it.each([
    ['张 三', '张三'],
    ['张三', '张　三'],
    ["O'NEIL", 'O’Neil'],
    ['髙﨑', '高崎'],
    ['佐々木', '佐佐木'],
    ['SMITH,JOHN', 'Smith John'],
    ['José', 'JOSE'],
    ['Müller', 'MUELLER'],
    ['MULLER', 'Müller'],
    ['Jørgensen', 'JOERGENSEN'],
    ['Łukasz', 'LUKASZ'],
    ['买买提·艾力', '买买提艾力'],
    ['Anne-Marie', 'ANNE MARIE'],
    ['محمد', 'مُحَمَّد'],
    ['علی', 'علي'],
    ['王䶮', '王\ue863'],
    ['Алёна', 'АЛЕНА'],
  ])('%j and %j are the same name', (one, other) => {
    expect(isSameName(one, other)).toBe(true)
    expect(isSameName(other, one)).toBe(true)
  })
  it.each([
    ['张三', '张四'],
    ['李伟', '伟李'],
    ['SMITH JOHN', 'SMITH JOAN'],
    ['王发', '王髪'],
    ['नीला', 'नील'],
    ['Андрей', 'Андреи'],
    ['', ''],
  ])('%j and %j are not', (one, other) => {
    expect(isSameName(one, other)).toBe(false)
  })
  it('is read as itself once it was read, and as nobody else', () => {
    const letters = fc.constantFrom(
      '张',
      '三',
      '𬱖',
      '㐱',
      'a',
      'É',
      "'",
      '’',
      ' ',
      '·',
      '-',
      '\u200d',
      'ü',
      '々',
      'ж',
      'م',
      '\u0301',
      '﨑',
      '.',
    )
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 12 }), (parts) => {
        const parsed = parsePersonName(parts.join(''))
        if (!parsed.ok) return
        expect(parsePersonName(parsed.name)).toEqual(parsed)
        expect(isSameName(parts.join(''), parsed.name)).toBe(true)
        expect(comparableName(parsed.name)).not.toBe('')
        expect(isSameName(parsed.name, `${parsed.name}三`)).toBe(false)
      }),
    )
  })
  it('permits letters and their marks, nothing else, of every script that it knows', () => {
    for (let code = 0x80; code < 0xd800; code += 1) {
      const letter = String.fromCodePoint(code)
      const parsed = parsePersonName(`A${letter}B`)
      if (parsed.ok && !/\p{Cn}/u.test(letter))
        expect(/^[\p{L}\p{M} '·〇-]+$/u.test(parsed.name), code.toString(16)).toBe(true)
    }
  })
  it('is masked by letters, not by blanks and marks', () => {
    expect(['㐱 四', '张　三', 'अनिल शर्मा', 'Иван Петров'].map(maskName)).toEqual([
      '㐱*',
      '张*',
      'अ** श**',
      'И** П**',
    ])
  })
})

describe('phones', () => {
  it.each([
    ['+886 0912345678', '+886912345678'],
    ['+44 07911123456', '+447911123456'],
    ['+44 (0)7911 123456', '+447911123456'],
    ['+86 013812345678', '+8613812345678'],
    ['013812345678', '+8613812345678'],
    ['+39 0612345678', '+390612345678'],
    ['+225 0712345678', '+2250712345678'],
    ['+7 8 912 345-67-89', '+79123456789'],
    ['+36 06 30 1234567', '+36301234567'],
    ['tel:+86-138-1234-5678', '+8613812345678'],
    ['手机：138 1234 5678', '+8613812345678'],
    ['138.1234.5678', '+8613812345678'],
    ['13812345678.0', '+8613812345678'],
    ['١٣٨١٢٣٤٥٦٧٨', '+8613812345678'],
    ['\u202a+86\u00a0138\u20111234\u20115678\u202c', '+8613812345678'],
  ])('%j is %s', (raw, phone) => {
    expect(parsePhone(raw)).toEqual({ ok: true, phone })
    expect(parsePhone(phone)).toEqual({ ok: true, phone })
  })
  it.each(['13812345678/13912345678', '13812345678 13912345678', '+8601281234567', '1.38123E+10'])(
    'refuses %j',
    (raw) => {
      expect(parsePhone(raw).ok).toBe(false)
    },
  )
})

describe('codes of text messages', () => {
  it.each([
    ['006 111', '006111'],
    ['006-111', '006111'],
    ['００６１１１', '006111'],
    [' 006111\u200b', '006111'],
    ['【健康宝】验证码006111，5分钟内有效', '006111'],
    ['0061112', undefined],
    ['00611', undefined],
    ['006111 或 006112 号', undefined],
    ['', undefined],
  ])('%j is %s', (raw, code) => {
    expect(readOneTimeCode(raw)).toBe(code)
  })
})
