import { describe, expect, it } from 'vitest'
import { judge, type LedgerEntry } from './ledger.ts'

const entry = (change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  requestId: 'r1',
  personId: 'p1',
  sentAt: 10_000,
  acknowledgedAt: 10_050,
  answers: [{ colour: 'green', recordedAt: 'T1' }],
  ...change,
})
const stored = { requestId: 'r1', count: 1, colour: 'green' }
const green = new Map([['p1', [{ at: 0, colour: 'green' }]]])
const kinds = (...parameters: Parameters<typeof judge>) => judge(...parameters).map(({ kind }) => kind)

describe('the ledger', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(kinds([entry()], [stored], green)).toEqual([])
  })

  it('finds a lost scan, and none where nobody was told that it is recorded', () => {
    expect(kinds([entry()], [], green)).toEqual(['lost'])
    expect(kinds([entry()], [{ ...stored, count: 0, colour: undefined }], green)).toEqual(['lost'])
    expect(kinds([entry({ acknowledgedAt: undefined, answers: [] })], [], green)).toEqual([])
  })

  it('finds a doubled scan, acknowledged or not', () => {
    expect(kinds([entry()], [{ ...stored, count: 2 }], green)).toEqual(['doubled'])
    const unanswered = entry({ acknowledgedAt: undefined, answers: [] })
    expect(kinds([unanswered], [{ ...stored, count: 2 }], green)).toEqual(['doubled'])
  })

  it('finds a repeat that was answered otherwise', () => {
    const answers = [
      { colour: 'green', recordedAt: 'T1' },
      { colour: 'green', recordedAt: 'T2' },
    ]
    expect(kinds([entry({ answers })], [stored], green)).toEqual(['answers_differ'])
  })

  it('finds a colour that is not the stored one, and one that the person did not have then', () => {
    expect(kinds([entry()], [{ ...stored, colour: 'red' }], green)).toEqual(['colour_differs'])
    const changed = [
      { at: 0, colour: 'yellow' },
      { at: 9_500, colour: 'red' },
      { at: 12_000, colour: 'green' },
    ]
    expect(kinds([entry()], [stored], new Map([['p1', changed]]))).toEqual(['colour_never_had'])
    const during = [
      { at: 0, colour: 'yellow' },
      { at: 10_020, colour: 'green' },
    ]
    expect(kinds([entry()], [stored], new Map([['p1', during]]))).toEqual([])
    expect(kinds([entry()], [stored], new Map())).toEqual(['colour_never_had'])
  })
})
