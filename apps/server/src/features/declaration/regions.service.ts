import { REGION_LINES } from './region-data.ts'

interface Region {
  code: string
  name: string
}

const names = new Map<string, string>()
const children = new Map<string, Region[]>()

const add = (parent: string, code: string, name: string): void => {
  names.set(code, name)
  const siblings = children.get(parent)
  if (siblings) siblings.push({ code, name })
  else children.set(parent, [{ code, name }])
}

for (const line of REGION_LINES) {
  const [province = '', cities = ''] = line.split('|')
  const provinceCode = province.slice(0, 2)
  add('', `${provinceCode}0000`, province.slice(2))
  for (const city of cities === '' ? [] : cities.split(';')) {
    const [head = '', counties = ''] = city.split(':')
    const cityCode = provinceCode + head.slice(0, 2)
    add(`${provinceCode}0000`, `${cityCode}00`, head.slice(2))
    for (const county of counties === '' ? [] : counties.split(','))
      add(`${cityCode}00`, cityCode + county.slice(0, 2), county.slice(2))
  }
}

/** Provinces, or what lies directly below a province or city; empty for a county and for an unknown code. */
export const listRegions = (parent: string | undefined): Region[] => children.get(parent ?? '') ?? []

const GENERIC = new Set(['辖区', '辖县'])

/**
 * Province, city and county of a code of GB/T 2260 in one text: 江苏省徐州市鼓楼区. Finer codes are named by their county.
 * Undefined for a code that is not there.
 */
export const findRegionName = (code: string): string | undefined => {
  const county = code.slice(0, 6)
  if (!names.has(county)) return undefined
  const levels = [...new Set([`${county.slice(0, 2)}0000`, `${county.slice(0, 4)}00`, county])]
  return levels
    .map((level) => names.get(level) ?? '')
    .filter((name) => !GENERIC.has(name) && !name.includes('直辖县级'))
    .join('')
}

/** True where a name is that of the division of a code, with or without those above it: 徐州市鼓楼区 of 320302. */
export const isNameOfRegion = (name: string, code: string): boolean => {
  const own = code.length === 6 ? names.get(code) : undefined
  return own !== undefined && name.endsWith(own) && findRegionName(code)?.endsWith(name) === true
}
