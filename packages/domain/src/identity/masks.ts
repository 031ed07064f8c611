/** Code points of a text, surrogate pairs as one. */
const pointsOf = (text: string): string[] => Array.from(text)

const COMPOUND_SURNAMES = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 归海'.split(
    ' ',
  ),
)

/** First and last of the ranges of hanzi, with surrogates of the rare ones. */
const HANZI = /^[\u3007\u3400-\u9fff\uf900-\ufaff\ud840-\ud888]/
/** Marks that stand over, under or beside the letter before them, and belong to it. */
const isMark = (letter: string): boolean => /^\p{M}$/u.test(letter)

const maskWord = (word: string): string => {
  const [first = '', ...rest] = pointsOf(word)
  const end = rest.findIndex((letter) => !isMark(letter))
  return `${first}${(end < 0 ? rest : rest.slice(0, end)).join('')}**`
}

/** Every part keeps its first letter. */
const maskWords = (name: string): string =>
  name
    .split(' ')
    .filter((part) => part !== '')
    .map(maskWord)
    .join(' ')

/**
 * Surname and asterisks: `张**`, `欧阳*`; a one-character name `*`. Names in other scripts keep the first letter of each
 * part. One asterisk per hidden character for hanzi, so that two people of a family can be told apart; blanks count for nothing.
 */
export const maskName = (name: string): string => {
  if (!HANZI.test(name.trim())) return pointsOf(name.trim()).length <= 1 ? '*' : maskWords(name)
  const points = pointsOf(name.replace(/\s/g, ''))
  if (points.length <= 1) return '*'
  const firstTwo = points.slice(0, 2).join('')
  const shown = points.length > 2 && COMPOUND_SURNAMES.has(firstTwo) ? 2 : 1
  return points.slice(0, shown).join('') + '*'.repeat(Math.min(points.length - shown, 6))
}

const maskMiddle = (text: string, first: number, last: number): string => {
  if (text.length <= first + last) return '*'.repeat(text.length)
  return text.slice(0, first) + '*'.repeat(text.length - first - last) + text.slice(text.length - last)
}

/** First two and last two characters. */
export const maskDocumentNumber = (number: string): string => maskMiddle(number, 2, 2)

/** First three and last four digits of a mainland number; for others the country and the last three. */
export const maskPhone = (phone: string): string => {
  const mainland = /^\+?86(1[0-9]{10})$/.exec(phone)?.[1] ?? (/^1[0-9]{10}$/.test(phone) ? phone : undefined)
  return mainland ? maskMiddle(mainland, 3, 4) : maskMiddle(phone, 3, 3)
}

/** The network of an address: `10.1.*.*`, `2001:db8:*`. */
export const maskAddress = (address: string): string => {
  const parts = address.split('.')
  if (parts.length === 4) return `${parts[0]}.${parts[1]}.*.*`
  const groups = address.split(':')
  return groups.length > 2 ? `${groups[0]}:${groups[1]}:*` : '*'
}

/** Of a birth date the year. */
export const maskBirth = (birthOn: string): string => `${birthOn.slice(0, 4)}-**-**`
