import { describe, expect, it } from 'vitest'
import { maskName } from '../identity/masks.ts'
import { readCountry } from '../place/countries.ts'
import { findDivisionName, isPlace } from '../place/divisions.ts'
import { readNationality } from './country.ts'
import { readDivisionCode } from './division-code.ts'
import { parseDocumentNumber } from './document-number.ts'
import { residentIdCheckCharacter } from './document-types.ts'
import { readInstant } from './instant.ts'
import { parseArrivalNumber } from './journey-number.ts'
import { DOCUMENT_TYPE_WORDS, readResult, readSampleKind } from './list-words.ts'
import { readOneTimeCode } from './one-time-code.ts'
import { isSameName, parsePersonName } from './person-name.ts'
import { parsePhone } from './phone.ts'
import { readWord } from './word.ts'

// Small inputs from the field, by the numbers of their list: what was written, and what it has to be read as. Those that need a
// server, a workbook or a phone stand with these.

const document = (
  raw: string,
  type: 'resident_id' | 'hk_macao_permit' | 'birth_certificate' = 'resident_id',
) => {
  const parsed = parseDocumentNumber(type, raw, { todayOn: '2026-11-29' })
  return parsed.ok ? `${parsed.type} ${parsed.number}` : parsed.reason
}
const name = (raw: string) => {
  const parsed = parsePersonName(raw)
  return parsed.ok ? parsed.name : parsed.reason
}
const phone = (raw: string) => {
  const parsed = parsePhone(raw)
  return parsed.ok ? parsed.phone : parsed.reason
}
const journey = (mode: 'flight' | 'train' | 'car', raw: string) => {
  const parsed = parseArrivalNumber(mode, raw)
  return parsed.ok ? parsed.number : parsed.reason
}
const instant = (raw: string) => {
  const read = readInstant(raw)
  return read.ok ? `${read.day} ${read.secondOfDay}` : read.reason
}
const ID = '11010519491231002X'
const permanent = (first17: string) => first17 + residentIdCheckCharacter(first17)
const CARD = permanent('91134019900101001')
const HALF_PAST_NINE = '2026-11-28 34200'

const CASES: readonly [number, string, unknown, unknown][] = [
  [1, '12 digits of a county', readDivisionCode('330106000000'), '330106'],
  [2, 'with the country before it', readDivisionCode('156320303'), '320303'],
  [2, 'a division of the past is a place', isPlace('110103'), true],
  [2, 'what never was one is none', isPlace('810110'), false],
  [13, 'a blank between hanzi', isSameName('张 三', '张三'), true],
  [13, 'a wide blank', isSameName('张三', '张\u3000三'), true],
  [14, 'kinds of apostrophe', isSameName("O'NEIL", 'O’NEIL'), true],
  [14, 'shapes of a hanzi', isSameName('﨑本', '崎本'), true],
  [15, 'a comma', name('SMITH,JOHN'), 'SMITH JOHN'],
  [16, 'compact digits', instant('20261128093000'), HALF_PAST_NINE],
  [16, 'UTC', instant('2026-11-28T01:30:00Z'), HALF_PAST_NINE],
  [16, 'with a zone', instant('2026-11-28T09:30:00+08:00'), HALF_PAST_NINE],
  [16, '上午', instant('2026-11-28 上午9:30'), HALF_PAST_NINE],
  [16, 'AM', instant('2026-11-28 9:30 AM'), HALF_PAST_NINE],
  [17, 'a sign behind the result', readResult('阴性（-）'), 'negative'],
  [17, 'a blank in it', readResult('阴 性'), 'negative'],
  [17, '未检出', readResult('未检出'), 'negative'],
  [17, '阳性（+）', readResult('阳性（+）'), 'positive'],
  [17, '10混1', readSampleKind('10混1'), 'pooled'],
  [17, '10:1', readSampleKind('10:1'), 'pooled'],
  [17, '1:1', readSampleKind('1:1'), 'single'],
  [17, '单管', readSampleKind('单管'), 'single'],
  [18, '港澳居民居住证', readWord(DOCUMENT_TYPE_WORDS, '港澳居民居住证'), 'resident_id'],
  [18, '台湾居民居住证', readWord(DOCUMENT_TYPE_WORDS, '台湾居民居住证'), 'resident_id'],
  [18, '外国人永久居留证', readWord(DOCUMENT_TYPE_WORDS, '外国人永久居留证'), 'foreign_permanent_resident'],
  [18, '户口簿', readWord(DOCUMENT_TYPE_WORDS, '户口簿'), 'resident_id'],
  [18, '美国', readNationality('美国'), 'USA'],
  [18, 'US', readNationality('US'), 'USA'],
  [18, '英国', readNationality('英国'), 'GBR'],
  [24, 'direction marks', document(`\u202d${ID}\u202c`), `resident_id ${ID}`],
  [24, 'an invisible blank', document(`110105\u200b19491231\u200e002X`), `resident_id ${ID}`],
  [25, '×', document('11010519491231002×'), `resident_id ${ID}`],
  [25, 'Cyrillic', document('11010519491231002Х'), `resident_id ${ID}`],
  [25, 'Roman', document('11010519491231002Ⅹ'), `resident_id ${ID}`],
  [26, 'a permit of 2024', document('HA1234567', 'hk_macao_permit'), 'hk_macao_permit HA1234567'],
  [27, 'a residence card as an ID number', document(CARD), `foreign_permanent_resident ${CARD}`],
  [28, '15 digits are told what to do', document('110105491231002'), 'fifteen_digits'],
  [29, 'U+2018', name('O‘Neil'), "O'Neil"],
  [29, 'U+02BB', name('Kaʻa'), "Ka'a"],
  [29, 'an accent of its own', name('Rene\u0301'), 'René'],
  [29, 'U+2010', name('Anne‐Marie'), 'Anne-Marie'],
  [29, '々', name('佐々木'), '佐々木'],
  [29, 'Hindi', name('राहुल शर्मा'), 'राहुल शर्मा'],
  [29, 'Hebrew', name('דוד כהן'), 'דוד כהן'],
  [29, 'Georgian', name('გიორგი'), 'გიორგი'],
  [29, 'Armenian', name('Արամ'), 'Արամ'],
  [30, 'private use of GBK', name('王\ue863'), '王䶮'],
  [30, 'another', name('王\ue81f'), '王㖞'],
  [31, 'BA39', journey('flight', 'BA39'), 'BA39'],
  [31, 'SQ8', journey('flight', 'SQ8'), 'SQ8'],
  [31, 'G1868次', journey('train', 'G1868次'), 'G1868'],
  [32, 'a consulate', journey('car', '沪A0023领'), '沪A0023领'],
  [32, 'an embassy', journey('car', '使014578'), '使014578'],
  [32, 'an emergency', journey('car', '粤X0001应急'), '粤X0001应急'],
  [32, 'armed police', journey('car', 'WJ苏1234X'), 'WJ苏1234X'],
  [32, 'the army', journey('car', 'KA00123'), 'KA00123'],
  [32, 'the old police', journey('car', '京O12345'), '京O12345'],
  [32, 'a temporary one', journey('car', '苏C12345临'), '苏C12345临'],
  [32, 'none yet', journey('car', '无牌'), '无牌'],
  [33, 'a country travelled from', readCountry('mmr'), 'MMR'],
  [34, 'a county of today', findDivisionName('653228'), '新疆维吾尔自治区和田地区和康县'],
  [34, 'a development zone', findDivisionName('320371'), '江苏省徐州市徐州经济技术开发区'],
  [35, 'a trunk zero of Taiwan', phone('+886 0912345678'), '+886912345678'],
  [35, 'of Britain', phone('+44 07911123456'), '+447911123456'],
  [36, 'a code pasted with a blank', readOneTimeCode('006 111'), '006111'],
  [37, 'a blank does not count', maskName('㐱 四'), maskName('㐱四')],
  [
    39,
    'the certificate of a birth',
    document('Ｔ32001 2345', 'birth_certificate'),
    'birth_certificate T320012345',
  ],
  [
    40,
    'every middle dot is one name',
    ['•', '・', '･', '‧', '．', '∙', '⋅'].every((dot) => name(`买买提${dot}艾力`) === '买买提·艾力'),
    true,
  ],
  [41, 'a dot at the edge', name('·艾力'), 'characters'],
  [41, 'two dots', name('买买提··艾力'), 'characters'],
]

describe('small inputs from the field', () => {
  it.each(CASES)('%i: %s', (_number, _what, read, right) => {
    expect(read).toEqual(right)
  })
})
