import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { instantArrayLiteral, jsonArrayLiteral } from './array-literal.ts'
import { parseTimestamp } from './timestamp.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

describe('what goes to and comes from PostgreSQL as text', () => {
  it('keeps every JSON text of an array', async () => {
    // A text in jsonb has no NUL and no half of a pair.
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\u0000'))
    const value = fc.oneof(
      text,
      fc.array(text),
      fc.record({ 'a "key\\': text }),
      fc.integer(),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 8 }), async (values) => {
        const { rows } = await app.parts.pool.query<{ read: unknown[] }>(
          `select coalesce(jsonb_agg(each::jsonb order by place), '[]') as read from unnest($1::text[]) with ordinality as u(each, place)`,
          [jsonArrayLiteral(values)],
        )
        expect(rows[0]?.read).toEqual(values)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps instants, absent ones too', async () => {
    const instants = [
      new Date('2026-03-01T00:00:00.001Z'),
      null,
      new Date('1999-12-31T23:59:59.999Z'),
      undefined,
    ]
    const { rows } = await app.parts.pool.query<{ read: (Date | null)[] }>(
      'select $1::timestamptz[] as read',
      [instantArrayLiteral(instants)],
    )
    expect(rows[0]?.read).toEqual(instants.map((each) => each ?? null))
  })

  it.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kolkata'])(
    'reads instants in the time of %s to the millisecond',
    async (zone) => {
      const client = await app.parts.pool.connect()
      try {
        await client.query(`select set_config('timezone', $1::text, false)`, [zone])
        const { rows } = await client.query<{ at: Date; milliseconds: string }>(
          `select at, floor(extract(epoch from at) * 1000)::bigint as milliseconds from (
             select timestamptz '1970-01-01+00' + random() * interval '200 years' as at from generate_series(1, 2000)
             union all select timestamptz '2026-03-01 08:00:00+08' + n * interval '1 millisecond' from generate_series(0, 1000) as n
             union all values (timestamptz '0099-03-01 00:00:00+00'), ('2024-02-29 23:59:59.999999+00'), ('9999-12-31 00:00:00+00'), ('12026-01-01 00:00:00+00'), ('0044-03-15 12:00:00+00 BC')
           ) as instants`,
        )
        for (const { at, milliseconds } of rows) expect(at.getTime()).toBe(Number(milliseconds))
      } finally {
        await client.query('reset timezone')
        client.release()
      }
    },
  )

  it('leaves to the driver what is written otherwise', () => {
    for (const text of ['infinity', '-infinity', '2026-03-01 13:30:00+05:30', '12026-01-01 00:00:00+00'])
      expect(parseTimestamp(text, () => 'other')).toBe('other')
    expect(parseTimestamp('2026-03-01 08:00:00.5+08', () => 'other')).toEqual(
      new Date('2026-03-01T00:00:00.500Z'),
    )
  })
})
