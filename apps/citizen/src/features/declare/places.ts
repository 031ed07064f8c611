import { languageFacts, sayText } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { loadClientConfig } from '../session/client-config.ts'
import type { Place } from './stays.ts'

/** A place and those within it, the largest first, in one text. */
export const joinPlaces = (names: readonly string[]): string => names.join(languageFacts().betweenPlaces)

/** Provinces, cities, counties of the whole country (GB/T 2260). */
export const loadRegions = async (parent: string | undefined): Promise<Place[]> =>
  (await api.call('listRegions', { query: parent === undefined ? {} : { parent } })).regions.map(
    (region) => ({
      code: region.code,
      name: nameOf(region),
    }),
  )

interface Named {
  name: string
  nameEn: string
}

interface Division extends Named {
  code: string
  parentCode?: string | null
}

let divisions: Promise<Division[]> | undefined

const nameOf = ({ name, nameEn }: Named): string => sayText({ zh: name, en: nameEn })

/** Districts, streets, communities of the city. */
export const loadDivisions = async (parent: string | undefined): Promise<Place[]> => {
  divisions ??= api.call('listDivisions', {}).then(
    (list) => list.divisions,
    (refusal) => {
      divisions = undefined
      throw refusal
    },
  )
  const under = parent ?? (await loadClientConfig()).divisionCode
  return (await divisions)
    .filter((division) => division.parentCode === under)
    .map((division) => ({ code: division.code, name: nameOf(division) }))
}

/** A division of the city with those above it, in one text; its code where it is not there. */
export const loadDivisionName = async (code: string): Promise<string> => {
  await loadDivisions(undefined)
  const all = (await divisions) ?? []
  const path: string[] = []
  let at = all.find((division) => division.code === code)
  while (at?.parentCode) {
    path.unshift(nameOf(at))
    const { parentCode } = at
    at = all.find((division) => division.code === parentCode)
  }
  return path.length === 0 ? code : joinPlaces(path)
}
