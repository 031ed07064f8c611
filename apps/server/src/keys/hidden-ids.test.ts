import { HIDDEN_ID_KINDS } from '@jiankangbao/contracts/atoms'
import { expect, it } from 'vitest'
import { createHiddenIds } from './hidden-ids.ts'
import { createMemoryKeyProvider } from './key-provider.ts'

const keys = createMemoryKeyProvider(() => new Date())
const ids = createHiddenIds(keys)

it('come back as they were, in any process with the same keys, and neighbours look nothing like each other', () => {
  const elsewhere = createHiddenIds(keys)
  for (const key of ['1', '2', '4711', '2147483648', '9007199254740993', '9223372036854775807']) {
    const written = ids.write('person', key)
    expect(written).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(ids.write('person', key)).toBe(written)
    expect(elsewhere.read('person', written)).toBe(key)
  }
  const neighbours = Array.from({ length: 200 }, (_, n) => ids.write('person', String(n + 1)).slice(0, 6))
  expect(new Set(neighbours).size).toBe(200)
})

it('are of one kind of thing alone', () => {
  const written = HIDDEN_ID_KINDS.map((kind) => ids.write(kind, '4711'))
  expect(new Set(written).size).toBe(HIDDEN_ID_KINDS.length)
  for (const [at, kind] of HIDDEN_ID_KINDS.entries())
    expect(written.map((text) => ids.read(kind, text))).toEqual(
      written.map((_, other) => (other === at ? '4711' : undefined)),
    )
})

it('are never those of another city, a count, or a changed letter', () => {
  const written = ids.write('person', '4711')
  expect(createHiddenIds(createMemoryKeyProvider()).read('person', written)).toBeUndefined()
  for (const text of ['4711', '4712', '', `${written}A`, written.slice(1), 'A'.repeat(22), '9'.repeat(22)])
    expect(ids.read('person', text), text).toBeUndefined()
  // The last letter too, whose low bits say nothing.
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  for (let place = 0; place < 22; place += 1)
    for (const letter of letters) {
      const changed = written.slice(0, place) + letter + written.slice(place + 1)
      expect(ids.read('person', changed)).toBe(changed === written ? '4711' : undefined)
    }
})

it('are of keys that exist', () => {
  for (const key of ['0', '-1', '01', '', 'x', '9223372036854775808'])
    expect(() => ids.write('person', key), key).toThrow('no key of a person')
})
