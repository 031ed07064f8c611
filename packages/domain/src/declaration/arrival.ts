import { toHalfWidth } from '../written/characters.ts'

export const ARRIVAL_MODES = ['train', 'coach', 'flight', 'car', 'ship', 'other'] as const
export type ArrivalMode = (typeof ARRIVAL_MODES)[number]

/** Number plates of the mainland: GA 36-2018, with eight characters for new-energy vehicles. */
const PLATE =
  /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]$/
const NUMBERS: Record<ArrivalMode, RegExp> = {
  // G/D/C/Z/T/K/L/Y/S and up to four digits; four digits alone are the slow trains.
  train: /^(?:[GDCZTKLYS][1-9][0-9]{0,3}|[1-9][0-9]{3})$/,
  // IATA: two characters of the airline, at least one a letter, three or four digits, a letter for an extra flight.
  flight: /^(?:[A-Z][A-Z0-9]|[0-9][A-Z])[0-9]{3,4}[A-Z]?$/,
  car: PLATE,
  coach: /^.{1,20}$/,
  ship: /^.{1,20}$/,
  other: /^.{0,20}$/,
}

export type ParsedArrivalNumber = { ok: true; number: string } | { ok: false; reason: 'required' | 'format' }

/**
 * Reads the number of a journey: train, flight, plate, the name of a ship. Full-width letters, small letters, spaces
 * and the dot of plates (苏C·12345) are forgiven. Only `other` may have none.
 */
export const parseArrivalNumber = (mode: ArrivalMode, raw: string): ParsedArrivalNumber => {
  if (raw.length > 40) return { ok: false, reason: 'format' }
  const number = toHalfWidth(raw)
    .replace(/[\s·•.-]/g, '')
    .toUpperCase()
  if (number === '' && mode !== 'other') return { ok: false, reason: 'required' }
  return NUMBERS[mode].test(number) ? { ok: true, number } : { ok: false, reason: 'format' }
}
