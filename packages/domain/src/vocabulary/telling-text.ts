// Whether a text that somebody was made to write says anything. Nobody can know whether it is true; "xx", "1234", "asdf",
// "测试测试" and "工作需要" say nothing, and what says nothing is no reason.

/** Why a text says nothing; clients word it. */
export type NothingSaid = 'too_short' | 'numbers_only' | 'repeats' | 'keys_in_a_row' | 'empty_words'

const LEAST = 4
const LEAST_DIFFERENT = 3
/** A sentence uses a letter three or four times; `aabbaabbaabb` uses each six times. */
const MOST_OF_EACH = 4

/** Letters and digits as they follow each other on a keyboard, in the alphabet and in counting; backwards too. */
const ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '零一二三四五六七八九十',
]
const LEAST_OF_A_ROW = 3
const rows = ROWS.flatMap((row) => [row, Array.from(row).reverse().join('')])

/** Words that fit every look-up and so tell none; the longer first. */
const EMPTY_WORDS = [
  '工作需要',
  '领导要求',
  '领导安排',
  '上级要求',
  '没有原因',
  '不知道',
  '测试',
  '试试',
  '查询',
  '查看',
  '查验',
  '核实',
  '看看',
  '看一下',
  '一下',
  '随便',
  '其他',
  '其它',
  '需要',
  '工作',
  '原因',
  '没有',
  '说明',
  '目的',
  '无',
  'nothing',
  'testing',
  'purpose',
  'reason',
  'please',
  'check',
  'query',
  'other',
  'test',
  'none',
  'work',
  'look',
]

const withoutRows = (text: string): string => {
  let left = text
  for (const row of rows)
    for (let length = row.length; length >= LEAST_OF_A_ROW; length -= 1)
      for (let from = 0; from + length <= row.length; from += 1)
        left = left.split(row.slice(from, from + length)).join('')
  return left
}

const withoutEmptyWords = (text: string): string =>
  EMPTY_WORDS.reduce((left, word) => left.split(word).join(''), text)

const hasLetters = (text: string): boolean => /\p{L}/u.test(text)

/** One piece again and again: 工单工单, abcabcabc. */
const isRepeated = (characters: readonly string[]): boolean => {
  const different = new Set(characters).size
  return (
    different < LEAST_DIFFERENT ||
    characters.length > different * MOST_OF_EACH ||
    /^(.+?)\1+$/u.test(characters.join(''))
  )
}

/** Undefined where the text says something. */
export const saysNothing = (text: string): NothingSaid | undefined => {
  const plain = text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '')
  const characters = Array.from(plain)
  if (characters.length < LEAST) return 'too_short'
  if (!hasLetters(plain)) return 'numbers_only'
  if (isRepeated(characters)) return 'repeats'
  if (!hasLetters(withoutRows(plain))) return 'keys_in_a_row'
  if (Array.from(withoutEmptyWords(withoutRows(plain))).filter(hasLetters).length < 2) return 'empty_words'
  return undefined
}
