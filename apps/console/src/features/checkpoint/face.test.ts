import type { CheckResult } from '@jiankangbao/contracts/check/schemas'
import { describe, expect, it } from 'vitest'
import { FACE_KEYS, type Face, isHeld, staysFor, toFace, toneOf, wordKeyOf } from './face.ts'
import { SIGNAL_KEYS, signalKeyOf, signals } from './signals.ts'

const outcomes = [
  'green',
  'yellow',
  'red',
  'none',
  'expired',
  'revoked',
  'forged',
  'unknown',
  'busy',
] as const
const decisions = ['admit', 'deny', 'review', undefined] as const
const colours = ['green', 'yellow', 'red', 'none', undefined] as const

const result = (parts: Partial<CheckResult>): CheckResult => ({
  outcome: 'green',
  reasons: [],
  documentNeeded: false,
  checkedAt: '2022-04-01T00:00:00.000Z',
  late: false,
  ...parts,
})

describe('faces', () => {
  it.each([
    ['green', 'admit', 'admit', 'green'],
    ['green', 'review', 'review', 'blue'],
    ['yellow', 'deny', 'deny', 'yellow'],
    ['yellow', 'review', 'review', 'yellow'],
    ['red', 'deny', 'deny', 'red'],
    ['red', 'review', 'review', 'red'],
    ['none', 'review', 'none', 'grey'],
  ] as const)('%s, %s', (outcome, decision, key, tone) => {
    const face = toFace(result({ outcome, colour: outcome, decision }))
    expect([face.key, toneOf(face)]).toEqual([key, tone])
  })

  it.each(['expired', 'revoked', 'forged', 'unknown', 'busy'] as const)(
    '%s has a face of its own',
    (outcome) => {
      expect(toFace(result({ outcome })).key).toBe(outcome)
    },
  )

  it('says 需核验 of whoever may be two people, with the check that a let-pass is written to', () => {
    const check = { requestId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', pointId: '12', purpose: '入口查验' }
    const waiting = result({ outcome: 'none', decision: 'review', detail: 'identity_unconfirmed' })
    const face = toFace(waiting, check)
    expect(face).toMatchObject({
      key: 'review',
      mayLetPass: { requestId: check.requestId, pointId: '12' },
    })
    expect([face.hint, toneOf(face)]).toEqual([undefined, 'blue'])
    expect(toFace(result({ outcome: 'none', decision: 'review' }), check).mayLetPass).toBeUndefined()
    expect(toFace({ ...waiting, decision: 'deny' }, check).key).toBe('none')
  })

  it('admit only for green and admit, whatever else is claimed', () => {
    const all = outcomes.flatMap((outcome) =>
      decisions.flatMap((decision) =>
        colours.map((colour) => ({ outcome, ...(decision && { decision }), ...(colour && { colour }) })),
      ),
    )
    const isClear = (parts: (typeof all)[number]): boolean =>
      parts.outcome === 'green' && parts.decision === 'admit' && (parts.colour ?? 'green') === 'green'
    for (const parts of all) {
      const face = toFace(result(parts))
      expect([face.key === 'admit', toneOf(face) === 'green'], JSON.stringify(parts)).toEqual(
        isClear(parts) ? [true, true] : [false, false],
      )
    }
  })

  it('say that somebody is admitted because registered, and only then', () => {
    const word = (parts: Partial<CheckResult>) => wordKeyOf(toFace(result(parts)))
    const registered = { decision: 'admit', entryRegistered: true } as const
    expect(word({ outcome: 'green', colour: 'green', ...registered })).toBe('checkpoint.registered')
    expect(word({ outcome: 'green', colour: 'green', decision: 'admit' })).toBe('checkpoint.words.admit')
    expect(word({ outcome: 'yellow', colour: 'yellow', ...registered })).toBe('checkpoint.words.review')
    expect(word({ outcome: 'expired', ...registered })).toBe('checkpoint.words.expired')
  })

  it('go by themselves only after a plain admission', () => {
    const face = (parts: Partial<Face>): Face => ({ key: 'admit', reasons: [], isOffline: false, ...parts })
    expect(staysFor(face({}))).toBe(2500)
    expect(staysFor(face({ documentNeeded: true }))).toBeUndefined()
    for (const key of FACE_KEYS) if (key !== 'admit') expect(staysFor(face({ key }))).toBeUndefined()
  })

  it('stay under the next phone in view unless they are green', () => {
    const face = (parts: Partial<Face>): Face => ({ key: 'admit', reasons: [], isOffline: false, ...parts })
    for (const key of FACE_KEYS)
      for (const colour of ['green', 'yellow', 'red', 'none'] as const)
        expect(isHeld(face({ key, colour })), `${key} ${colour}`).toBe(
          !(key === 'admit' || (key === 'offline' && colour === 'green')),
        )
  })

  it('sound and vibrate each in their own way, and of one decision each colour in its own', () => {
    const tunes = SIGNAL_KEYS.map((key) => JSON.stringify([signals[key].tones, signals[key].wave]))
    expect(new Set(tunes).size).toBe(SIGNAL_KEYS.length)
    // What a hand feels: how many pulses, and of each whether it is short, middle or long.
    const felt = SIGNAL_KEYS.map((key) =>
      signals[key].vibration
        .filter((_, at) => at % 2 === 0)
        .map((ms) => (ms < 130 ? 's' : ms < 350 ? 'm' : 'l'))
        .join(''),
    )
    expect(new Set(felt).size, felt.join(' ')).toBe(SIGNAL_KEYS.length)
    const all = FACE_KEYS.flatMap((key) =>
      (['green', 'yellow', 'red'] as const).map(
        (colour) => [key, colour, signalKeyOf({ key, colour })] as const,
      ),
    )
    expect(new Set(all.map(([, , signal]) => signal)).size).toBe(SIGNAL_KEYS.length)
    for (const key of ['deny', 'review', 'offline'] as const)
      expect(signalKeyOf({ key, colour: 'yellow' })).not.toBe(signalKeyOf({ key, colour: 'red' }))
    expect(signalKeyOf({ key: 'offline' })).toBe('none')
  })
})
