import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLOURS } from '../status/colour.ts'
import { judgeSample, readSampleTime, SAMPLE_KEPT_MS, type SampleFacts } from './sampling.ts'
import { areSpans, minutesOfDay, waitingMinutes } from './site.ts'
import { isOpenOn } from './slots.ts'
import { parseBoxBarcode, parseTubeBarcode } from './tube-barcode.ts'
import { isSuddenRate } from './tube-result.ts'

describe('the code of a tube', () => {
  it.each([
    ['010000000017', 'single', 1],
    ['050000000017', 'five', 5],
    ['100000000017', 'ten', 10],
    ['200000000017', 'twenty', 20],
    ['600000000017', 'household', 12],
    [']C1100000000017', 'ten', 10],
    ['１００００００００００１７', 'ten', 10],
    [' 1000-0000-0017\r\n', 'ten', 10],
  ])('%s is a tube: %s of %i', (text, kind, capacity) => {
    expect(parseTubeBarcode(text)).toMatchObject({ ok: true, kind, capacity })
  })

  it.each([
    ['11010119900307001X', 'document_number'],
    ['110101199003070011', 'document_number'],
    ['https://jkb.example/p/abc', 'code_of_person'],
    ['100000000017100000000017', 'read_twice'],
    ['13800000001', 'unknown_class'],
    ['990000000017', 'unknown_class'],
    ['900000000017', 'box'],
    ['10', 'format'],
    ['', 'format'],
    ['10000000001a', 'format'],
    ['10000000000000000', 'format'],
  ])('%s is refused as %s', (text, reason) => {
    expect(parseTubeBarcode(text)).toEqual({ ok: false, reason })
  })

  it('a box is a box, a tube is none', () => {
    expect(parseBoxBarcode('900000000017')).toEqual({ ok: true, barcode: '900000000017' })
    expect(parseBoxBarcode('100000000017')).toEqual({ ok: false, reason: 'tube' })
  })
})

describe('a sample', () => {
  const facts: SampleFacts = {
    tube: { kind: 'ten', capacity: 10, isOpen: true, isOwn: true },
    taken: 3,
    refusedAs: undefined,
    isRevoked: false,
    isNamed: true,
    inThisTube: false,
    sampledRecently: false,
    colour: 'green',
  }
  it.each<[Partial<SampleFacts>, string]>([
    [{}, 'taken'],
    [{ taken: 9 }, 'taken'],
    [{ taken: 10 }, 'tube_full'],
    [{ tube: undefined }, 'tube_unknown'],
    [{ tube: { kind: 'ten', capacity: 10, isOpen: false, isOwn: true } }, 'tube_closed'],
    [{ tube: { kind: 'ten', capacity: 10, isOpen: true, isOwn: false } }, 'tube_of_other'],
    [{ colour: 'yellow' }, 'must_be_single'],
    [{ colour: 'red' }, 'must_be_single'],
    [{ colour: 'none' }, 'taken'],
    [{ colour: 'red', taken: 0, tube: { kind: 'single', capacity: 1, isOpen: true, isOwn: true } }, 'taken'],
    [{ colour: 'red', tube: { kind: 'household', capacity: 12, isOpen: true, isOwn: true } }, 'taken'],
    [{ inThisTube: true, taken: 10 }, 'already_in_tube'],
    [{ sampledRecently: true }, 'sampled_recently'],
    [{ isNamed: false }, 'person_unknown'],
    [{ isRevoked: true }, 'code_revoked'],
    [{ refusedAs: 'code_expired' }, 'code_expired'],
  ])('%o is %s', (changed, outcome) => {
    expect(judgeSample({ ...facts, ...changed })).toBe(outcome)
  })

  it('nobody is taken into a full, foreign or closed tube, whatever else is true', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...COLOURS),
        fc.boolean(),
        fc.integer({ min: 10, max: 20 }),
        (colour, isNamed, taken) => {
          expect(judgeSample({ ...facts, colour, isNamed, taken })).not.toBe('taken')
        },
      ),
    )
  })
})

describe('the time of a sample', () => {
  const now = Date.parse('2022-03-10T15:59:00Z')
  it('is right however wrong the clock of the phone is, also across midnight in Shanghai', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 }),
        fc.integer({ min: 0, max: SAMPLE_KEPT_MS }),
        (wrongBy, age) => {
          const sentAt = new Date(now + wrongBy).toISOString()
          const sampledAt = new Date(now + wrongBy - age).toISOString()
          expect(readSampleTime({ sampledAt, sentAt }, now)).toEqual({
            ok: true,
            at: now - age,
            late: age > 60_000,
          })
        },
      ),
    )
  })
  it.each([
    ['2022-03-10T16:00:00Z', undefined, 'in_the_future'],
    ['2022-03-08T15:58:00Z', undefined, 'too_old'],
    ['2022-03-10T15:00:01Z', '2022-03-10T15:00:00Z', 'in_the_future'],
  ])('%s sent %s is %s', (sampledAt, sentAt, reason) => {
    expect(readSampleTime({ sampledAt, sentAt }, now)).toEqual({ ok: false, reason })
  })
})

describe('positives of a laboratory', () => {
  it.each([
    [{ tubes: 1000, positive: 1 }, { tubes: 100, positive: 20 }, true],
    [{ tubes: 0, positive: 0 }, { tubes: 50, positive: 50 }, true],
    [{ tubes: 1000, positive: 200 }, { tubes: 100, positive: 30 }, false],
    [{ tubes: 1000, positive: 1 }, { tubes: 4, positive: 4 }, false],
    [{ tubes: 0, positive: 0 }, { tubes: 1000, positive: 6 }, false],
  ])('%o then %o: sudden %s', (before, told, sudden) => {
    expect(isSuddenRate(before, told)).toBe(sudden)
  })
})

describe('a site', () => {
  const hours = [{ weekdays: [1, 2, 3, 4, 5], opens: '08:00', closes: '24:00' }]
  it.each([
    ['2022-03-10T00:00:00Z', true],
    ['2022-03-09T23:59:59Z', false],
    ['2022-03-10T15:59:59Z', true],
    ['2022-03-10T16:00:00Z', false],
    ['2022-03-12T04:00:00Z', false],
  ])('at %s is open: %s', (at, open) => {
    expect(isOpenOn(hours, undefined, Date.parse(at))).toBe(open)
  })
  it('knows a span that ends before it begins, and no 24:30', () => {
    expect(areSpans([{ weekdays: [1], opens: '20:00', closes: '08:00' }])).toBe(false)
    expect(minutesOfDay('24:30')).toBeUndefined()
    expect(minutesOfDay('24:00')).toBe(1440)
  })
  it('tells minutes only where people are swabbed', () => {
    expect(waitingMinutes(30, 2)).toBe(15)
    expect(waitingMinutes(30, 0)).toBeUndefined()
    expect(waitingMinutes(undefined, 2)).toBeUndefined()
    expect(waitingMinutes(0, 0)).toBe(0)
  })
})
