import { toHalfWidth } from './half-width.ts'

/** Most code points of a name. */
const MAX_NAME_POINTS = 60

export type ParsedName = { ok: true; name: string } | { ok: false; reason: 'empty' | 'length' | 'characters' }

/** The signs that stand for the middle dot of names such as 阿卜杜拉·买买提. */
const MIDDLE_DOTS = / ?[\u0387\u2022\u2024\u2027\u2219\u22c5\u30fb\uff65\u00b7] ?|\.(?=[^ -~])/g

// Letters of names: hanzi in all planes (𬱖, 㐱, 〇), Latin with accents, Cyrillic, Arabic, Tibetan, Mongolian, Kana,
// Hangul; plus space, apostrophe, hyphen, full stop and the middle dot. Surrogate halves are checked in pairs below.
const PERMITTED =
  /^[A-Za-z\u00c0-\u024f\u0370-\u04ff\u0600-\u06ff\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1800-\u18af\u1e00-\u1eff\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\ud840-\ud888\udc00-\udfff '’.·-]+$/
// What lies between those letters and is none: digits of other scripts, signs × ÷, invisible marks and blank fillers.
const NOT_LETTERS =
  /[\u00d7\u00f7\u0600-\u060f\u061b-\u061f\u0660-\u066d\u06d4\u06dd\u06f0-\u06f9\u0e3f\u0e4f-\u0e5b\u0ed0-\u0ed9\u0f20-\u0f33\u1040-\u104f\u1090-\u1099\u115f\u1160\u1800-\u180e\u1810-\u1819]/
const BROKEN_PAIR = /[\ud840-\ud888](?![\udc00-\udfff])|(?:^|[^\ud840-\ud888])[\udc00-\udfff]/

/** Code points of a text, surrogate pairs as one. */
const pointsOf = (text: string): string[] => Array.from(text)

/** Reads a name: trimmed, inner spaces single, middle dots made one sign. Refuses digits, emoji and control characters. */
export const parsePersonName = (raw: string): ParsedName => {
  if (raw.length > 4 * MAX_NAME_POINTS) return { ok: false, reason: 'length' }
  const name = toHalfWidth(raw).trim().replace(/ +/g, ' ').replace(MIDDLE_DOTS, '·')
  if (name === '') return { ok: false, reason: 'empty' }
  if (pointsOf(name).length > MAX_NAME_POINTS) return { ok: false, reason: 'length' }
  if (!PERMITTED.test(name) || NOT_LETTERS.test(name) || BROKEN_PAIR.test(name) || /^[ '’.·-]+$/.test(name))
    return { ok: false, reason: 'characters' }
  return { ok: true, name }
}

const COMPOUND_SURNAMES = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 归海'.split(
    ' ',
  ),
)

const maskLatin = (name: string): string =>
  name
    .split(' ')
    .map((part) => (part === '' ? '' : `${pointsOf(part)[0] ?? ''}**`))
    .join(' ')

/**
 * Surname and asterisks: `张**`, `欧阳*`; a one-character name `*`. Names in other scripts keep the first letter of each
 * part. One asterisk per hidden character for hanzi, so that two people of a family can be told apart.
 */
export const maskName = (name: string): string => {
  const points = pointsOf(name)
  if (points.length <= 1) return '*'
  if (/^[ -\u024f]/.test(name)) return maskLatin(name)
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
