import type { CodeEvent } from '@jiankangbao/contracts/history/schemas'
import { expect, it } from 'vitest'
import { drawColourLine } from './colour-line.ts'

const change = (from: 'green' | 'yellow' | undefined, to: 'green' | 'yellow'): CodeEvent => ({
  kind: 'change',
  eventId: `${from}${to}`,
  at: '',
  ...(from ? { from } : {}),
  to,
  cause: 'other',
  reasons: [],
  ended: [],
})
const lookup: CodeEvent = { kind: 'lookup', eventId: 'l', at: '', by: '', purpose: '', means: 'document' }

it('gives every stretch the colour that was in force', () => {
  const line = drawColourLine('green', [
    lookup,
    change('yellow', 'green'),
    lookup,
    change('green', 'yellow'),
    change(undefined, 'green'),
  ])
  expect(line.map(({ before, after }) => [after, before])).toEqual([
    ['green', 'green'],
    ['green', 'yellow'],
    ['yellow', 'yellow'],
    ['yellow', 'green'],
    ['green', 'none'],
  ])
})
