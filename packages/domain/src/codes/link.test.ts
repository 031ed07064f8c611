import { describe, expect, it } from 'vitest'
import { codeInLink, MAX_SCANNED_LENGTH } from './link.ts'
import { parseScannedText } from './scanned-text.ts'
import { makeVenueCode, parseVenueCode } from './venue-code.ts'

const { code, codeId } = makeVenueCode(
  (length) => new Uint8Array(length).fill(9),
  () => new Uint8Array([1, 2]),
)
const link = `https://jkb.example/v/${code}`
const twice = encodeURIComponent(encodeURIComponent(link))

const ways: readonly [string, string][] = [
  ['as printed', link],
  ['an older host, capitals', `HTTP://OLD.EXAMPLE/V/${code}`],
  ['with a query', `${link}?from=poster#top`],
  ['encoded', encodeURIComponent(link)],
  ['encoded twice', twice],
  ['encoded three times', encodeURIComponent(twice)],
  ['its code encoded', `https://jkb.example/v/${code}%E3%80%82`],
  ['its code encoded twice', `https://jkb.example/v/${code}%25E3%2580%2582`],
  ['its slash encoded', `https://jkb.example/v%2F${code}`],
  ['cut off inside a sign', `https://jkb.example/v/${code}%E3%8`],
  ...[
    '。',
    '．',
    '.',
    '，',
    '！',
    '）',
    ')',
    '」',
    '”',
    '"',
    '；',
    '…',
    '。”',
    '\u200b',
    '\ufeff',
    ' 。\n',
  ].map((sign): [string, string] => [`with ${JSON.stringify(sign)} behind`, link + sign]),
  ['in quotation marks', `“${link}”`],
  ['in brackets', `（${link}）。`],
  ['between direction marks', `\u202a${link}\u202c`],
]

describe("a poster's link", () => {
  it.each(ways)('%s is read', (_, text) => {
    expect(codeInLink(text, 'v')).toBe(code)
    expect(parseVenueCode(text, undefined)).toEqual({ ok: true, codeId, code })
    expect(parseScannedText(text)).toMatchObject({ kind: 'venue', value: code })
  })

  it('is not found in other texts', () => {
    for (const text of [
      code,
      '%',
      '/',
      `https://jkb.example/w/${code}`,
      `https://jkb.example/v/`,
      '%E0%A4%A',
      '。',
    ])
      expect(codeInLink(text, 'v'), text).toBeUndefined()
    expect(codeInLink(link, 'p')).toBeUndefined()
    expect(parseScannedText(`${link}${'。'.repeat(MAX_SCANNED_LENGTH)}`)).toEqual({
      kind: 'unknown',
      value: '',
    })
  })
})
