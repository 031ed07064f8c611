import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

// Small inputs from the field, by the numbers of their list, that need a server, a workbook, a browser or a phone: where each
// is tried. What a text alone says stands in packages/domain/src/written/field-cases.test.ts.

const LISTS = 'apps/server/src/features/lists/file/everyday-files.test.ts'
const PLACES = 'apps/server/src/features/city/place/place-forms.db.test.ts'
const READING = 'apps/server/src/features/doors/check/reading.db.test.ts'
const DOCUMENTS = 'apps/server/src/features/people/person/documents.db.test.ts'
const SECOND = 'apps/server/src/features/people/same-person/second-document.db.test.ts'
const OPENING = 'e2e/opening.journey.ts'

/** Number, what it is, the file, and words that stand in it as the test's own. */
const CASES: readonly [number, string, string, string][] = [
  [1, 'a county of twelve digits in a list', PLACES, 'is one place in a list: %s'],
  [2, 'by feed and list alike', PLACES, 'reads codes as a list does'],
  [2, 'what is no place', PLACES, '%s is no place'],
  [3, 'a re-issued permit', DOCUMENTS, 'the number of the latest issue is the one that the door shows'],
  [4, 'a second passport', SECOND, 'washes nobody: red by the first one'],
  [
    4,
    'a renewed passport',
    'apps/server/src/features/people/person/renewal.db.test.ts',
    'replaces the former one, which still finds the same person',
  ],
  [
    5,
    'a grown-up stranger',
    'apps/server/src/features/people/member/family.db.test.ts',
    'holds nothing of somebody grown up',
  ],
  [5, 'impossible ages', 'apps/server/src/features/people/member/member.db.test.ts', 'impossible_ages'],
  [
    6,
    'a number that had an owner',
    'apps/server/src/features/people/account/number.db.test.ts',
    'a number that had an owner before begins anew',
  ],
  [7, 'Caps Lock', 'e2e/checkpoint.journey.ts', 'a scanner with Caps Lock on reads the code'],
  [8, 'what a scanner adds', READING, 'reads a genuine live code through %s'],
  [9, 'an ID-card reader', 'apps/console/src/features/checkpoint/scan-input.test.ts', 'what was scanned'],
  [
    10,
    'three scans at once',
    'apps/server/src/features/doors/visit/visit-repeat.db.test.ts',
    'in parallel with other people is one scan',
  ],
  [
    10,
    'three taps',
    'apps/citizen/src/features/door/begun-scans.test.ts',
    'expect(taps).toEqual([first, first])',
  ],
  [11, 'hidden rows', LISTS, ' hidden="1"'],
  [12, 'two columns of one meaning', LISTS, 'are refused: %s'],
  [12, 'a hidden column', LISTS, 'refuses a hidden column that would decide'],
  [19, 'headings', LISTS, '%s is the number'],
  [19, 'days', LISTS, '起始监测日期'],
  [19, 'categories', LISTS, '%s is a category'],
  [20, 'merged cells', LISTS, 'names the empty cells of merged ones'],
  [21, 'what is no table', LISTS, 'files that are no table, or not this kind of one'],
  [22, 'two encodings', LISTS, 'in two encodings are refused'],
  [23, 'GBK', LISTS, 'in GBK alone are read'],
  [
    23,
    'what Excel makes of numbers',
    'apps/server/src/features/lists/file/check-file.test.ts',
    'reads GB18030 with Chinese headings',
  ],
  [
    33,
    'a journey from abroad',
    'apps/server/src/features/journeys/entry/abroad.db.test.ts',
    'takes countries for origin and stays',
  ],
  [34, 'development zones', PLACES, 'knows the divisions made since 2020, and development zones'],
  [38, 'a child alone', 'apps/server/src/features/people/member/family.db.test.ts', 'registration alone'],
  [
    39,
    'a newborn',
    'apps/server/src/features/people/member/newborn.db.test.ts',
    'is taken by the certificate of its birth',
  ],
  [42, 'browser translation', OPENING, 'the clock goes on when the browser has translated the page'],
  [
    43,
    'a call in between',
    'apps/console/src/features/checkpoint/sounds.test.ts',
    'comes back at the next touch',
  ],
  [
    44,
    'hidden and shown',
    'apps/citizen/src/platform/attention.test.ts',
    'asks again each time the page is seen',
  ],
  [45, 'a poster on Alipay', 'e2e/phone/account.phone.ts', 'a newcomer scans a poster, cold'],
  [46, 'unknown addresses', OPENING, 'an address that leads nowhere says so and leads home'],
  [47, 'a link encoded twice', OPENING, 'or encoded twice, is its door'],
  [
    48,
    'clocks',
    'apps/citizen/src/features/pass/pass-freshness.test.ts',
    'covers when the phone clock is set back',
  ],
]

const ROOT = new URL('../../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')

it.each(CASES)('%i: %s', async (_number, _what, path, words) => {
  expect(await read(path)).toContain(words)
})

it('each of the list is tried', async () => {
  const ofTexts = [
    ...(await read('packages/domain/src/written/field-cases.test.ts')).matchAll(/^ {2}\[\n? *(\d+),/gm),
  ]
  const tried = new Set([...CASES.map(([number]) => number), ...ofTexts.map(([, number]) => Number(number))])
  expect([...tried].sort((a, b) => a - b)).toEqual(Array.from({ length: 48 }, (_, at) => at + 1))
})
