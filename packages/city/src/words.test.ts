import { describe, expect, it } from 'vitest'
import { CITIES, findCityProfile } from './cities.ts'
import { CITY_WORDS, type CityId, DEFAULT_CITY, findCityId, withCityWords } from './words.ts'

describe('the words of a city', () => {
  it('are put into texts at any depth, and nothing else is', () => {
    const texts = {
      entry: { title: '{{city.into}}登记', at: '{{place}}，{{city.unknown}}' },
      name: '{{city.name}}',
    }
    expect(withCityWords(texts, 'xuzhou', 'zh')).toEqual({
      entry: { title: '入徐登记', at: '{{place}}，{{city.unknown}}' },
      name: '徐州',
    })
    expect(withCityWords({ name: '{{city.name}}' }, 'linhe', 'en')).toEqual({ name: 'Linhe' })
  })

  it('stand in for those of a language in which the city has none', () => {
    expect(withCityWords({ name: '{{city.name}}' }, 'linhe', 'fr')).toEqual({ name: '临禾' })
  })

  it('are those of the first city where none is chosen, and of none where there is no such city', () => {
    expect([findCityId(undefined), findCityId(''), findCityId('linhe')]).toEqual([
      DEFAULT_CITY,
      DEFAULT_CITY,
      'linhe',
    ])
    expect([findCityId('atlantis'), findCityId('toString'), findCityProfile('atlantis')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe.each(Object.entries(CITIES))('the profile of %s', (id, city) => {
  it('agrees with its words', () => {
    const words = CITY_WORDS[id as CityId]
    expect({ zh: words.zh.name, en: words.en.name }).toEqual(city.name)
    expect(city.ruleset.categories.provincial?.title.zh).toBe(words.zh.provincialCode)
  })

  it('has districts of its own, in both languages, and everything of its demonstration lies in them', () => {
    const codes = new Set(city.districts.map(([code]) => code))
    expect(codes.size).toBe(city.districts.length)
    for (const [code, zh, en] of city.districts) {
      expect(code).toMatch(new RegExp(`^${city.division.slice(0, 4)}\\d\\d$`))
      expect(zh).toMatch(/^[\u4e00-\u9fff]+$/)
      expect(en).toMatch(/^[A-Za-z' ]+$/)
    }
    const { offices, venueManager, venues, waiting, suspended } = city.demonstration
    const used = [...venues, ...waiting].map(([, , code]) => code)
    for (const code of [...used, ...offices.map(({ division }) => division), venueManager.division])
      expect(codes).toContain(code)
    const names = venues.map(([name]) => name)
    expect(names).toEqual(expect.arrayContaining([...suspended, venueManager.organisation]))
    expect(new Set(names).size).toBe(names.length)
  })

  it('can not be confused with another one', () => {
    const others = Object.values(CITIES).filter((other) => other !== city)
    for (const other of others) {
      expect(other.division).not.toBe(city.division)
      expect(other.ruleset.id).not.toBe(city.ruleset.id)
      expect(other.demonstration.divisionName.zh).not.toBe(city.demonstration.divisionName.zh)
      expect(other.demonstration.password).not.toBe(city.demonstration.password)
    }
  })
})
