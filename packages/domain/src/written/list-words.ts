import { DOCUMENT_TYPES, type DocumentType } from './document-types.ts'
import { readWord, type Words, wordKey } from './word.ts'

// Words of everyday files, by what they mean. What is not here is added by headquarters as a synonym, without a release.

export const RESULT_WORDS: Words<'negative' | 'positive'> = {
  negative: [
    '阴性',
    '阴',
    '核酸阴性',
    '检测阴性',
    '结果阴性',
    '新冠阴性',
    '阴性结果',
    '-',
    '阴性-',
    '-阴性',
    '阴-',
    '未检出',
    '未检测到',
    '未检出核酸',
    '未检出新型冠状病毒核酸',
    '未检出新冠病毒',
    '未检出病毒',
    'neg',
    'n',
    'negative-',
    'not detected',
    'nd',
    'undetected',
    'notdetected',
  ],
  positive: [
    '阳性',
    '阳',
    '核酸阳性',
    '检测阳性',
    '结果阳性',
    '新冠阳性',
    '阳性结果',
    '+',
    '阳性+',
    '+阳性',
    '阳+',
    '检出',
    '检测到',
    '检出核酸',
    '检出新型冠状病毒核酸',
    '检出新冠病毒',
    'pos',
    'p',
    'positive+',
    'detected',
  ],
}
export type ResultWord = keyof typeof RESULT_WORDS

export const SAMPLE_KIND_WORDS: Words<'single' | 'pooled'> = {
  single: [
    '单采',
    '单检',
    '单人',
    '单管',
    '单样',
    '单采单检',
    '单人单管',
    '单人单采',
    '单人单检',
    '一人一管',
    '1人1管',
    '单独采样',
    '个人',
    'individual',
    'single sample',
  ],
  pooled: [
    '混采',
    '混检',
    '混管',
    '混样',
    '混采混检',
    '混合',
    '混合采样',
    '混合检测',
    '多人混采',
    'pool',
    'pooled',
    'mixed',
    'mix',
  ],
}
export type SampleKindWord = keyof typeof SAMPLE_KIND_WORDS

const NUMERALS = '零一二三四五六七八九十'
const amountOf = (text: string): number => {
  if (/^[0-9]+$/.test(text)) return Number(text)
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text]
  const value = (word = '', none: number) =>
    word === '' ? none : NUMERALS.indexOf(word === '两' ? '二' : word)
  return text.includes('十') ? value(tens, 1) * 10 + value(ones, 0) : value(ones, 0)
}
/** How many people are in a tube: 10混1, 二十合一, 10:1, 1:10, 5人混采, 单人混检 is none of these. */
const RATIO =
  /^(?:采样|样本|按)?([0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:人)?(?:混|合|比|比例|:|\/|-|in|to|转)([0-9]{1,2}|[一二三四五六七八九十])?(?:采样|混采|混检|混样|采|检|检测|管|人|混)?$/

/** How a sample was taken, by a word or by how many people share a tube. */
export const readSampleKind = (text: string): SampleKindWord | undefined => {
  const word = readWord(SAMPLE_KIND_WORDS, text)
  if (word) return word
  const ratio = RATIO.exec(
    text
      .replace(/[\s()（）]/g, '')
      .replace(/：|∶|比例/g, ':')
      .toLowerCase(),
  )
  if (!ratio) return undefined
  const [one, other] = [amountOf(ratio[1] ?? ''), ratio[2] === undefined ? 1 : amountOf(ratio[2])]
  // One of the two is the tube; what names two amounts of people is nothing known.
  if (one < 1 || other < 1 || (one > 1 && other > 1)) return undefined
  return Math.max(one, other) === 1 ? 'single' : 'pooled'
}

export const readResult = (text: string): ResultWord | undefined => readWord(RESULT_WORDS, text)

const WRITTEN_DOCUMENT_TYPES: Partial<Words<DocumentType>> = {
  resident_id: [
    '居民身份证',
    '身份证',
    '二代身份证',
    '第二代居民身份证',
    '中华人民共和国居民身份证',
    '身份证件',
    '公民身份证',
    '临时居民身份证',
    '临时身份证',
    '户口簿',
    '户口本',
    '居民户口簿',
    '港澳台居民居住证',
    '港澳居民居住证',
    '台湾居民居住证',
    '中华人民共和国港澳居民居住证',
    '中华人民共和国台湾居民居住证',
    '香港居民居住证',
    '澳门居民居住证',
    '港澳台居住证',
    '居民身份证（户口簿）',
    'id',
    'idcard',
    'id card',
  ],
  passport: [
    '护照',
    '外国护照',
    '普通护照',
    '外籍护照',
    '中国护照',
    '中华人民共和国护照',
    '外国人护照',
    '因私护照',
    '公务护照',
    '外交护照',
    'pp',
    'passport',
  ],
  hk_macao_permit: [
    '港澳居民来往内地通行证',
    '回乡证',
    '港澳通行证',
    '港澳居民通行证',
    '香港居民来往内地通行证',
    '澳门居民来往内地通行证',
    '港澳居民往来内地通行证',
    '港澳同胞回乡证',
    '港澳居民来往内地通行证（非中国籍）',
    '来往内地通行证',
    '港澳台通行证（港澳）',
  ],
  taiwan_permit: [
    '台湾居民来往大陆通行证',
    '台胞证',
    '台湾通行证',
    '台湾居民往来大陆通行证',
    '台湾居民通行证',
    '来往大陆通行证',
  ],
  foreign_permanent_resident: [
    '外国人永久居留身份证',
    '外国人永久居留证',
    '永久居留证',
    '永久居留身份证',
    '中华人民共和国外国人永久居留身份证',
    '外国人居留证',
    '五星卡',
    '外国人身份证',
  ],
  birth_certificate: [
    '出生医学证明',
    '出生证',
    '出生证明',
    '医学出生证明',
    '新生儿出生医学证明',
    'birth certificate',
  ],
}

/** Besides the names that clients show, which lists read too. */
export const DOCUMENT_TYPE_WORDS = Object.fromEntries(
  DOCUMENT_TYPES.map((type) => [type, WRITTEN_DOCUMENT_TYPES[type] ?? []]),
) as Words<DocumentType>

/** Every word of a table under two meanings; empty, by a test. */
export const findDoubleWords = (words: Words<string>): string[] => {
  const all = Object.entries(words).flatMap(([meaning, list]) => [
    ...new Set([meaning, ...list].map(wordKey)),
  ])
  return all.filter((word, at) => all.indexOf(word) !== at)
}
