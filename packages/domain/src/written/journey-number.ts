import type { ArrivalMode } from '../declaration/arrival.ts'
import { DASHES, toPlainText } from './characters.ts'

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
/** Letters of plates have no I and O, which look like digits; only offices of the state have an O after the province. */
const SIGN = '[A-HJ-NP-Z0-9]'

/** Number plates in use (GA 36-2018, and what is outside of it), by their kind. */
const PLATES: readonly RegExp[] = [
  // Ordinary and new-energy ones; police, learners, trailers, Hong Kong and Macao, consulates of old, temporary ones.
  new RegExp(`^临?[${PROVINCES}][A-HJ-Z]${SIGN}{4,5}(?:${SIGN}|[挂学警港澳领试超临])?$`),
  new RegExp(`^临?[${PROVINCES}][A-HJ-Z]${SIGN}{5,6}(?:临|临时|临牌|挂|警)$`),
  // Embassies and consulates.
  new RegExp(
    `^(?:使[0-9]{6}|[0-9]{6}使|[${PROVINCES}]?[0-9]{6}领|[${PROVINCES}][A-Z]?[0-9]{4,5}领|领[0-9]{6})$`,
  ),
  // Fire brigades and rescue since 2019.
  new RegExp(`^[${PROVINCES}][A-HJ-Z][A-Z0-9]{4,5}应急$`),
  // Armed police, with the province or its number of old; the forces.
  new RegExp(`^WJ(?:[${PROVINCES}]|[0-9]{2})?[A-Z0-9]{4,6}$`),
  /^[A-HJ-NP-Z]{2}[0-9]{5}$/,
  // Tractors, with the number of the city.
  new RegExp(`^[${PROVINCES}][0-9]{2}${SIGN}{5}$`),
]
const NO_PLATE =
  /^(?:无|无牌|无牌照|无号牌|没有|没有牌|没有号牌|未上牌|未挂牌|新车|新车未上牌|暂无|暂无牌照|无车牌|NONE|NOPLATE)$/
/** Whoever is sure of a plate that is none of these says so before it. */
const OTHER_PLATE = /^(?:其他|其它|外国|境外|外籍|特种|OTHER|FOREIGN):?(?=.{2,20}$)/

const NUMBERS: Record<Exclude<ArrivalMode, 'car'>, RegExp> = {
  // Letters of the kind and up to four digits, four digits alone are the slow trains; a train with two numbers: G1868/5.
  train: /^(?:[GDCZTKLYSNAQPX][1-9][0-9]{0,3}|[1-9][0-9]{3})(?:\/[GDCZTKLYSNAQPX]?[1-9][0-9]{0,3})?$/,
  // IATA: two characters, at least one a letter; ICAO: three letters. One to four digits, a letter for an extra flight.
  flight: /^(?:[A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3})[0-9]{1,4}[A-Z]?$/,
  coach: /^.{1,20}$/,
  ship: /^.{1,20}$/,
  other: /^.{0,20}$/,
}

export type ParsedJourneyNumber = { ok: true; number: string } | { ok: false; reason: 'required' | 'format' }

const MOST_CHARACTERS = 40
const SIGNS = new RegExp(`[\\s·•・‧∙.,，。${DASHES}()（）【】\\[\\]]`, 'g')
const BEFORE = /^(?:车次|航班号?|班次|车牌号?码?|号牌号?码?|列车|火车|高铁|动车):?(?=.)/
const BEHIND = /([0-9])(?:次列车|次航班|次|航班|号列车)$/

/** Signs fall away, and the words that say that it is a number. The same for every mode: one search finds all of them. */
const plainNumber = (raw: string): string =>
  toPlainText(raw).replace(SIGNS, '').toUpperCase().replace(BEFORE, '').replace(BEHIND, '$1')

const parsePlate = (number: string): ParsedJourneyNumber => {
  if (NO_PLATE.test(number)) return { ok: true, number: '无牌' }
  if (PLATES.some((plate) => plate.test(number))) return { ok: true, number }
  const other = number.replace(OTHER_PLATE, '')
  return other === number ? { ok: false, reason: 'format' } : { ok: true, number: other }
}

/**
 * Reads the number of a journey: train, flight, plate, the name of a ship. Full-width letters, small letters, spaces, dots and
 * dashes, and 次 behind a train are forgiven. A car may have no plate yet (无牌), or one that nobody foresaw (其他 before it).
 * Only `other` may have no number.
 */
export const parseArrivalNumber = (mode: ArrivalMode, raw: string): ParsedJourneyNumber => {
  if (raw.length > MOST_CHARACTERS) return { ok: false, reason: 'format' }
  const number = plainNumber(raw)
  if (number === '' && mode !== 'other') return { ok: false, reason: 'required' }
  if (mode === 'car') return parsePlate(number)
  return NUMBERS[mode].test(number) ? { ok: true, number } : { ok: false, reason: 'format' }
}
