const DIGITS = '一二三四五六七八九'

/** 二 is 2, 十 is 10, 二十三 is 23; undefined for anything else. */
const readChinese = (text: string): number | undefined => {
  const [tens = '', ones = ''] = text.indexOf('十') === -1 ? ['', text] : text.split('十')
  const value = (digit: string): number => DIGITS.indexOf(digit) + 1
  if (tens.length > 1 || ones.length > 1) return undefined
  if ((tens !== '' && value(tens) === 0) || (ones !== '' && value(ones) === 0)) return undefined
  const ten = text.indexOf('十') === -1 ? 0 : 10 * (tens === '' ? 1 : value(tens))
  return ten + (ones === '' ? 0 : value(ones)) || undefined
}

const BELOW = /(?:B(\d{1,2})(?![\dA-Z])|(?:负|地下)\s*([一二三四五六七八九十\d]{1,3})\s*[层楼])/
const ABOVE =
  /(?:^|[^\dA-Z])(?:[FL](\d{1,3})(?![\dA-Z])|([一二三四五六七八九十]{1,3}|\d{1,3})\s*(?:[层楼]|F(?![A-Z\d])|FLOOR))/

const readNumber = (text: string): number | undefined =>
  /^\d+$/.test(text) ? Number(text) || undefined : readChinese(text)

/**
 * The floor that the name of a point says, `3` or `B1`; undefined where it says none. The number of a building (`12号楼`) is no
 * floor. Points of one venue that say the same floor are on it.
 */
export const floorOf = (pointName: string): string | undefined => {
  const name = pointName.normalize('NFKC').toUpperCase()
  const below = BELOW.exec(name)
  if (below) {
    const depth = readNumber(below[1] ?? below[2] ?? '')
    return depth === undefined ? undefined : `B${depth}`
  }
  const above = ABOVE.exec(name)
  const floor = above ? readNumber(above[1] ?? above[2] ?? '') : undefined
  return floor === undefined ? undefined : String(floor)
}
