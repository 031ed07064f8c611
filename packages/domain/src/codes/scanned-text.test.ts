import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { residentIdCheckCharacter } from '../written/document-types.ts'
import { encodePaperCode, PAPER_TOKEN_LENGTH, verifyPaperCode } from './paper-code.ts'
import { encodePersonalCode, PERSONAL_TOKEN_LENGTH, verifyPersonalCode } from './personal-code.ts'
import { parseScannedText } from './scanned-text.ts'
import { makeVenueCode, parseVenueCode } from './venue-code.ts'

// A key out of fixed bytes (PKCS #8, RFC 8410), so that every run meets the same codes.
const keyOf = (byte: number) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]),
    format: 'der',
    type: 'pkcs8',
  })
const privateKey = keyOf(1)
const publicKey = createPublicKey(privateKey)
const signed = (message: Uint8Array) => sign(null, message, privateKey)
const keys = () => (message: Uint8Array, signature: Uint8Array) => verify(null, message, publicKey, signature)
const nowSeconds = 1_647_741_600

const anyToken = fc.record({
  codeId: fc.uint8Array({ minLength: 10, maxLength: 10 }),
  keyId: fc.integer({ min: 1, max: 65_535 }),
  isPaper: fc.boolean(),
})
const make = ({ codeId, keyId, isPaper }: { codeId: Uint8Array; keyId: number; isPaper: boolean }) => {
  const token = isPaper
    ? encodePaperCode({ version: 1, keyId, codeId, issuedOnDay: 19_071 }, signed)
    : encodePersonalCode({ version: 1, keyId, codeId, colour: 'green', issuedAtSeconds: nowSeconds }, signed)
  return {
    token,
    kind: isPaper ? 'paper' : 'personal',
    link: `https://jkb.example:8080/${isPaper ? 'k' : 'p'}/${token}`,
  }
}
const verdictOf = (text: string): string => {
  const read = parseScannedText(text)
  const judge = (value: string): string =>
    read.kind === 'paper'
      ? verifyPaperCode(value, { keys, todayOn: '2022-03-20' }).outcome
      : verifyPersonalCode(value, { keys, nowSeconds }).outcome
  if (read.kind !== 'personal' && read.kind !== 'paper') return read.kind
  const first = judge(read.value)
  const last = first === 'forged' && read.other ? judge(read.other) : first
  return last === 'forged' && read.isGuess ? 'unreadable' : last
}

const swapLetters = (text: string) =>
  text.replace(/[A-Za-z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()))
const full = (text: string) =>
  text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
const keyed = (keys: string, typed: string) => (text: string) =>
  [...text].map((letter) => [...typed][keys.indexOf(letter)] ?? letter).join('')
// As the standard keyboards of Windows have them, written down anew and not taken from the code.
const french = keyed('1234567890-qwazm;,./QWAZM:<>?_&%=]', '&é"\'(-è_çà)azqw,m;:!AZQW?M./§°75=$')
const german = keyed('yzYZ:/?-_&=]%.', 'zyZYÖ-_ß?/´+%.')
const spanish = keyed(':/-_?=&', "Ñ-'?_¡/")
const swiss = keyed('yzYZ:/-_?=&', "zyZYé-'?_^/")
const insert = (mark: string, at: number) => (text: string) => {
  const place = at % (text.length + 1)
  return text.slice(0, place) + mark + text.slice(place)
}

/** What a scanner, a keyboard, an input method or a chat does; each leaves the code readable, together too. */
const decorations: Record<string, (text: string) => string> = {
  plain: (text) => text,
  encoded: (text) => encodeURIComponent(text),
  insideLink: (text) => `https://open.example/?q=${encodeURIComponent(text)}`,
  capsLock: swapLetters,
  http: (text) => text.replace(/^https/, 'http'),
  capitalHost: (text) => text.replace(/^https?:\/\/[^/]+/, (host) => host.toUpperCase()),
  noScheme: (text) => text.replace(/^https?:\/\//i, ''),
  bare: (text) => text.replace(/^.*\//, ''),
  query: (text) => `${text}?from=timeline#top`,
  symbology: (text) => `]Q1${text}`,
  symbologySmall: (text) => `]q1${text}`,
  fullWidth: full,
  chineseSigns: (text) => text.replaceAll('.', '。').replaceAll(':', '：').replaceAll('/', '、'),
  chineseDash: (text) => text.replaceAll('_', '——'),
  smartDash: (text) => text.replaceAll('--', '—'),
  fullStop: (text) => `${text}。`,
  lineEnd: (text) => `${text}\r\n`,
  tab: (text) => `\t${text}\t`,
  wrapped: (text) => `${text.slice(0, 60)}\r\n ${text.slice(60)}`,
  noBreakSpace: (text) => `\u00a0${text}\u3000`,
  bom: (text) => `\ufeff${text}`,
  startAndEndOfText: (text) => `\u0002${text}\u0003`,
  embedded: (text) => `\u202a${text}\u202c`,
  joiner: insert('\u200d', 37),
  zeroWidth: insert('\u200b', 90),
  softHyphen: insert('\u00ad', 51),
  twice: (text) => `${text}${text}`,
}
// Before a scanner types it, the text is as it stands in the code; afterwards comes the keyboard; at last the program.
const written = ['plain', 'http', 'capitalHost', 'query', 'encoded', 'insideLink'] as const
const typed = ['plain', 'capsLock', 'symbology', 'symbologySmall'] as const
const shown = Object.keys(decorations).filter(
  (name) =>
    !['capsLock', 'encoded', 'insideLink', 'bare', 'noScheme', 'query', 'twice', 'wrapped'].includes(name),
)

describe('what scanners and keyboards do to a code', () => {
  it.each(Object.keys(decorations))('%s: is read as the code itself', (name) => {
    fc.assert(
      fc.property(anyToken, (parts) => {
        const { token, kind, link } = make(parts)
        const text = decorations[name]?.(link) ?? ''
        expect(parseScannedText(text), text).toMatchObject({ kind, value: token })
      }),
      { numRuns: 60, seed: 20_221 },
    )
  })

  it('all of it together', () => {
    fc.assert(
      fc.property(
        anyToken,
        fc.constantFrom(...written),
        fc.constantFrom(...written),
        fc.constantFrom(...typed),
        fc.subarray(shown),
        (parts, first, second, third, last) => {
          const { token, kind, link } = make(parts)
          const text = [first, second, third, ...last].reduce(
            (text, name) => decorations[name]?.(text) ?? text,
            link,
          )
          // Neither an input method nor a phone does both; then a run of dashes has two readings.
          if (text.length > 600 || /(?:^|[^—])—(?:——)+(?!—)/.test(text)) {
            expect(verdictOf(text)).not.toBe('forged')
            return
          }
          expect(parseScannedText(text), text).toMatchObject({ kind, value: token })
        },
      ),
      { numRuns: 2000, seed: 20_222 },
    )
  })

  it.each([
    ['French', french],
    ['German', german],
    ['German with Caps Lock', (text: string) => swapLetters(german(text)).replaceAll('Ö', 'ö')],
  ])('a %s keyboard under the scanner: with its link and without', (_, keyboard) => {
    fc.assert(
      fc.property(anyToken, fc.boolean(), (parts, isBare) => {
        const { token, link } = make(parts)
        expect(verdictOf(keyboard(isBare ? token : link)), keyboard(isBare ? token : link)).toBe('valid')
      }),
      { numRuns: 300, seed: 20_223 },
    )
  })

  it('never calls a genuine code forged, whatever happened to its letters, length or signs', () => {
    const one = (text: string, at: number, put: string) =>
      text.slice(0, at) + put + text.slice(at + put.length)
    const damages: ((text: string, at: number) => string)[] = [
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text, at) => text.slice(0, at),
      (text, at) => text.slice(at),
      (text, at) => text.slice(0, at) + text.slice(at + 1),
      (text, at) => text.slice(0, at) + text.charAt(at) + text.slice(at),
      (text, at) => one(text, at, '中'),
      (text, at) => one(text, at, 'é'),
      (text, at) => one(text, at, '\ud800'),
      (text, at) => one(text, at, '\u0000'),
      (text, at) => one(text, at, '!'),
      (text) => text.replaceAll('i', 'ı'),
      spanish,
      swiss,
      (text) => `${text}${text.slice(0, -1)}`,
    ]
    fc.assert(
      fc.property(
        anyToken,
        fc.constantFrom(...damages),
        fc.integer({ min: 1, max: 140 }),
        fc.constantFrom(...Object.values(decorations)),
        (parts, damage, at, decorate) => {
          expect(verdictOf(damage(decorate(make(parts).link), at))).not.toBe('forged')
        },
      ),
      { numRuns: 5000, seed: 20_224 },
    )
  })

  it('calls a well-formed code with another signature forged, in every decoration', () => {
    const other = keyOf(2)
    const { isPaper: _, ...parts } = { codeId: new Uint8Array(10).fill(3), keyId: 1, isPaper: false }
    const forged = encodePersonalCode(
      { version: 1, ...parts, colour: 'green', issuedAtSeconds: nowSeconds },
      (message) => sign(null, message, other),
    )
    for (const [name, decorate] of Object.entries(decorations))
      expect(verdictOf(decorate(`https://jkb.example/p/${forged}`)), name).toBe('forged')
  })
})

describe('what can not be read', () => {
  const { token, link } = make({ codeId: new Uint8Array(10).fill(200), keyId: 1, isPaper: false })
  it.each([
    [link.toUpperCase(), 'letter_case'],
    [link.toLowerCase(), 'letter_case'],
    [token.toUpperCase(), 'letter_case'],
    [link.slice(0, -1), 'cut_off'],
    [link.slice(0, 50), 'cut_off'],
    ['https://jkb.example/p/', 'cut_off'],
    [token.slice(0, 80), 'cut_off'],
    [`${link}A`, 'too_long'],
    [`${token}AB`, 'too_long'],
    [`${link.slice(0, 60)}时${link.slice(61)}`, 'input_method'],
    [link.replace('https://', 'httpsñ¡¡').replaceAll('/', '¡'), 'keyboard_layout'],
    [`${link.slice(0, 60)}ı${link.slice(61)}`, 'keyboard_layout'],
    [`https://jkb.example/p/B${token.slice(1)}`, 'garbled'],
    ['1234567', 'digits'],
    ['6901234567892', 'digits'],
    ['320302900101123', 'digits'],
    ['320302199001011234', 'document_number'],
  ])('%s: %s', (text, cause) => {
    expect(parseScannedText(text)).toEqual({ kind: 'unreadable', value: '', cause })
  })

  it('two people’s codes run together', () => {
    const { link: another } = make({ codeId: new Uint8Array(10).fill(9), keyId: 1, isPaper: false })
    expect(parseScannedText(`${link}${another}`)).toMatchObject({ kind: 'unreadable', cause: 'several' })
  })

  it.each([
    'https://photos.example/p/CxYz_12ab/',
    'https://example.com/k/menu',
    'https://weixin.qq.com/r/abcdefgh',
    'wxp://f2f0abcdefghijklmnop',
    'WIFI:T:WPA;S:cafe;P:secret;;',
    ']E412345670',
    ']E06901234567892',
    '张三',
    '——————',
    '--------',
    '__--__--',
  ])('%s is something else', (text) => {
    expect(parseScannedText(text).kind).toBe('unknown')
  })
})

describe('digits and cards', () => {
  const anyDigits = fc.stringMatching(/^[0-9]{8}$/)
  const anyCard = fc
    .record({
      area: fc.constantFrom('320302', '110101', '653228', '810000', '911100'),
      birth: fc.constantFrom('19900101', '20000229', '19451231'),
      order: fc.stringMatching(/^[0-9]{3}$/),
    })
    .map(({ area, birth, order }) => {
      const first = `${area}${birth}${order}`
      return first + residentIdCheckCharacter(first)
    })
  const ways: ((text: string) => string)[] = [
    (text) => text,
    full,
    (text) => `${text}\r\n`,
    (text) => `\t${text}\t`,
    (text) => `\u202d${text}\u202c`,
    (text) => `\u200e${text}\u200b`,
    (text) => `${text.slice(0, 4)} ${text.slice(4)}`,
    (text) => `${text.slice(0, 4)}\u2013${text.slice(4)}`,
    (text) => text.toLowerCase(),
  ]

  it('are read as they are, however they were typed', () => {
    fc.assert(
      fc.property(anyDigits, anyCard, fc.constantFrom(...ways), (digits, card, way) => {
        expect(parseScannedText(way(digits))).toEqual({ kind: 'numeric', value: digits })
        expect(parseScannedText(way(card))).toEqual({
          kind: 'document',
          value: card,
          documentType: card.startsWith('9') ? 'foreign_permanent_resident' : 'resident_id',
        })
      }),
      { numRuns: 500, seed: 20_225 },
    )
    expect(parseScannedText('11010119900101002х')).toMatchObject({
      kind: expect.stringMatching(/document|unreadable/),
    })
  })

  it('are read from a French keyboard where that is the only way to read them', () => {
    fc.assert(
      fc.property(anyDigits, anyCard, (digits, card) => {
        const isCertain = /[1-57-9]/.test(digits.replaceAll('8', ''))
        if (isCertain) expect(parseScannedText(french(digits))).toEqual({ kind: 'numeric', value: digits })
        expect(parseScannedText(french(card))).toMatchObject({ kind: 'document', value: card })
      }),
      { numRuns: 500, seed: 20_226 },
    )
    expect(parseScannedText(french('66886688')).kind).toBe('unknown')
  })
})

describe('venue codes', () => {
  it('are read in every decoration by phone and server alike', () => {
    const { code } = makeVenueCode(
      (length) => new Uint8Array(length).fill(11),
      () => new Uint8Array([1, 2]),
    )
    for (const [name, decorate] of Object.entries(decorations)) {
      if (name === 'twice') continue
      const text = decorate(`https://jkb.example/v/${code}`)
      const read = parseScannedText(text)
      expect([name, read.kind], text).toEqual([name, 'venue'])
      expect(parseVenueCode(read.value, undefined), name).toMatchObject({ ok: true, code })
      expect(parseVenueCode(text, undefined), name).toMatchObject({ ok: true, code })
    }
    expect(parseScannedText(french(`https://jkb.example/v/${code}`))).toEqual({ kind: 'venue', value: code })
  })
})

it('lengths differ, so that neither kind is taken for the other', () => {
  expect(PERSONAL_TOKEN_LENGTH).not.toBe(PAPER_TOKEN_LENGTH)
})
