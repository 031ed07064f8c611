import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalContent } from './canonical.ts'
import { findStayFaults } from './stays.ts'
import { addsSymptom } from './symptoms.ts'

describe('places stayed', () => {
  const today = '2022-03-20'
  const faults = (...stays: [string, string][]) =>
    findStayFaults(
      stays.map(([fromOn, toOn]) => ({ fromOn, toOn })),
      today,
    ).map(({ at, field, reason }) => `${at} ${field} ${reason}`)

  it('may have gaps and share the day of the journey', () => {
    expect(faults(['2022-03-01', '2022-03-08'], ['2022-03-08', '2022-03-12'], ['2022-03-15', today])).toEqual(
      [],
    )
    expect(faults(['2022-03-15', today], ['2022-03-08', '2022-03-15'])).toEqual([])
    expect(faults(['2022-03-08', '2022-03-08'], ['2022-03-08', '2022-03-12'])).toEqual([])
  })
  it.each([
    [['2022-03-21', '2022-03-22'], '0 fromOn in_the_future'],
    [['2022-03-19', '2022-03-21'], '0 toOn in_the_future'],
    [['2022-03-19', '2022-03-18'], '0 toOn before_from'],
    [['2022-02-01', '2022-03-05'], '0 toOn too_long_ago'],
    [['2022-02-30', '2022-03-05'], '0 fromOn format'],
    [['2022-03-01', '2022-3-9'], '0 toOn format'],
  ] as const)('refuses %j', (stay, fault) => {
    expect(faults([...stay])).toEqual([fault])
  })
  it('counts fourteen days back', () => {
    expect(faults(['2022-03-01', '2022-03-06'])).toEqual([])
  })
  it('refuses an overlap of more than a day, in any order', () => {
    expect(faults(['2022-03-08', '2022-03-12'], ['2022-03-10', '2022-03-15'])).toEqual(['1 fromOn overlap'])
    expect(faults(['2022-03-10', '2022-03-15'], ['2022-03-08', '2022-03-12'])).toEqual(['1 fromOn overlap'])
    expect(faults(['2022-03-09', '2022-03-09'], ['2022-03-09', '2022-03-09'])).toEqual(['1 fromOn overlap'])
    expect(faults(['2022-03-07', '2022-03-15'], ['2022-03-09', '2022-03-09'])).toEqual(['1 fromOn overlap'])
  })
})

describe('symptoms', () => {
  it('are the ten, or a temperature from 37.3', () => {
    expect(addsSymptom({ symptoms: [] })).toBe(false)
    expect(addsSymptom({ symptoms: [], temperatureTenths: 372 })).toBe(false)
    expect(addsSymptom({ symptoms: [], temperatureTenths: 373 })).toBe(true)
    expect(addsSymptom({ symptoms: ['diarrhoea'], temperatureTenths: 365 })).toBe(true)
  })
  it('is new where the version before did not tell of it; fever is fever, felt or measured', () => {
    const fever = { symptoms: [], temperatureTenths: 380 }
    expect(addsSymptom({ symptoms: ['fever'] }, fever)).toBe(false)
    expect(addsSymptom(fever, { symptoms: ['dry_cough'] })).toBe(true)
    expect(addsSymptom({ symptoms: ['dry_cough'] }, { symptoms: ['dry_cough', 'fatigue'] })).toBe(false)
  })
})

describe('the text of a content', () => {
  it('does not depend on the order of fields and says what JSON says', () => {
    expect(canonicalContent({ b: [1, { d: '中"', c: null }], a: undefined })).toBe(
      '{"b":[1,{"c":null,"d":"中\\""}]}',
    )
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
        const turned = Object.fromEntries(Object.entries(content).reverse())
        // biome-ignore lint/suspicious/noExplicitAny: any JSON
        const text = canonicalContent(content as any)
        // biome-ignore lint/suspicious/noExplicitAny: any JSON
        expect(canonicalContent(turned as any)).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(content)))
      }),
    )
  })
})
