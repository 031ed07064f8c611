import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTRY_NAMES } from '../place/country-names.ts'
import { readNationality } from './country.ts'
import {
  DOCUMENT_TYPE_WORDS,
  findDoubleWords,
  RESULT_WORDS,
  readSampleKind,
  SAMPLE_KIND_WORDS,
} from './list-words.ts'
import { readWord } from './word.ts'

const TABLES = [RESULT_WORDS, SAMPLE_KIND_WORDS, DOCUMENT_TYPE_WORDS]

describe('words of lists', () => {
  it('have one meaning each', () => {
    for (const table of TABLES) expect(findDoubleWords(table)).toEqual([])
  })
  const marks = fc.constantFrom('', ' ', '\u3000', '\u200b', '\u200e', '\u00a0')
  it('are the same word with blanks, brackets, width and capitals', () => {
    for (const table of TABLES as Record<string, readonly string[]>[])
      for (const [meaning, list] of Object.entries(table))
        fc.assert(
          fc.property(fc.constantFrom(meaning, ...list), marks, marks, (word, one, other) => {
            const wide = word.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
            for (const written of [
              word,
              word.toUpperCase(),
              wide,
              `（${word}）`,
              one + Array.from(word).join(other),
            ])
              expect(readWord(table, written), written).toBe(meaning)
          }),
          { numRuns: 40 },
        )
  })
  it.each([
    ['10混1', 'pooled'],
    ['20合1', 'pooled'],
    ['十混一', 'pooled'],
    ['十合一混采', 'pooled'],
    ['10:1', 'pooled'],
    ['1：20', 'pooled'],
    ['5人混采', 'pooled'],
    ['1:1', 'single'],
    ['1混1', 'single'],
    ['2:3', undefined],
    ['0混1', undefined],
    ['混', undefined],
    ['', undefined],
  ])('%s is %s', (text, kind) => {
    expect(readSampleKind(text)).toBe(kind)
  })
})

describe('nationalities', () => {
  it('are read by their names and letters, every country of them', () => {
    for (const [country, zh, en] of COUNTRY_NAMES)
      for (const text of [
        country,
        country.toLowerCase(),
        zh,
        `${zh}籍`,
        en,
        en.toUpperCase(),
        ` ${zh} `,
        `${zh}(${country})`,
      ])
        expect(readNationality(text), text).toBe(country)
  })
  it.each([
    ['中国', 'CHN'],
    ['GB', 'GBR'],
    ['UK', 'GBR'],
    ['us', 'USA'],
    ['ＵＳＡ', 'USA'],
    ['D<<', 'DEU'],
    ['香港', 'HKG'],
    ['Republic of Korea', 'KOR'],
    ['GBD', 'GBD'],
    ['刚果', undefined],
    ['Congo', undefined],
    ['ZZ', undefined],
    ['美国 英国', undefined],
    ['不详', undefined],
    ['', undefined],
  ])('%s is %s', (text, country) => {
    expect(readNationality(text)).toBe(country)
  })
})
