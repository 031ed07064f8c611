import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalEntry, canonicalJson, type EntryText, leafOf, sealText } from './canonical.ts'

const entry: EntryText = {
  audit_id: '9007199254740993',
  occurred_at: '1646877600.123456',
  actor_kind: 'operator',
  actor_id: '7',
  action: 'venue.approved',
  object_kind: 'venue',
  object_id: '12',
  purpose: '材料齐全 "原件"',
  details: '{"b": [1, 2.50, {"z": null, "a": true}], "aa": "𬱖\\n"}',
  request_id: null,
}

describe('canonical JSON', () => {
  it.each([
    ['{}', '{}'],
    ['{"b": 1, "a": {"d": [], "c": {}}}', '{"a":{"c":{},"d":[]},"b":1}'],
    ['{"bb": 1, "a": 2}', '{"a":2,"bb":1}'],
    // More digits than a JavaScript number keeps, and trailing zeros, are part of what was written.
    ['{"n": 12345678901234567890.10}', '{"n":12345678901234567890.10}'],
    ['"\\u5f20\\u002f"', '"张/"'],
    ['[true, false, null, -0.5e3]', '[true,false,null,-0.5e3]'],
    ['{"a,b": "x]}", "c": "\\\\\\""}', '{"a,b":"x]}","c":"\\\\\\""}'],
  ])('%s', (text, canonical) => expect(canonicalJson(text)).toBe(canonical))

  it.each(['', '{', '[1', '{"a" 1}', '{} {}', '{"a":'])('refuses %j', (text) =>
    expect(() => canonicalJson(text)).toThrow(),
  )

  it('is the same for every order of keys and keeps the value', () => {
    const shuffle = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffle)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, shuffle(inner)]),
            )
          : value
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(canonicalJson(JSON.stringify(shuffle(value), undefined, 2))).toBe(canonicalJson(text))
        expect(JSON.parse(canonicalJson(text))).toEqual(JSON.parse(text))
      }),
    )
  })
})

describe('the text of an entry', () => {
  it('is what the documentation says, to the byte', () => {
    expect(canonicalEntry(entry)).toBe(
      '["jkb-audit-entry/1","9007199254740993","1646877600.123456","operator","7","venue.approved","venue","12",' +
        '"材料齐全 \\"原件\\"",{"aa":"𬱖\\n","b":[1,2.50,{"a":true,"z":null}]},null]',
    )
    expect(leafOf(entry).toString('hex')).toMatch(/^0020000000000001[0-9a-f]{64}$/)
  })

  it('differs as soon as anything does, null and empty included', () => {
    const others: Partial<EntryText>[] = [
      { audit_id: '9007199254740992' },
      { occurred_at: '1646877600.123457' },
      { actor_id: null },
      { purpose: '' },
      { object_id: 'null' },
      { details: '{"b": [1, 2.5, {"z": null, "a": true}], "aa": "𬱖\\n"}' },
      { request_id: '' },
    ]
    const texts = [entry, ...others.map((other) => ({ ...entry, ...other }))].map(canonicalEntry)
    expect(new Set(texts).size).toBe(others.length + 1)
  })
})

it('a seal is one line of text', () => {
  const hash = Buffer.alloc(32, 0xab)
  expect(
    sealText({
      sequence: '3',
      fromId: '8',
      toId: '20',
      entryCount: 12,
      entriesHash: hash,
      previousHash: hash,
      sealedAt: new Date('2022-03-10T02:00:00.5Z'),
      keyId: 1,
    }),
  ).toBe(
    `["jkb-audit-seal/1","3","8","20","12","${'ab'.repeat(32)}","${'ab'.repeat(32)}","2022-03-10T02:00:00.500Z","1"]`,
  )
})
