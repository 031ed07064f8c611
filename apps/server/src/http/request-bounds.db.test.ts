import type { HiddenIdKind } from '@jiankangbao/contracts/atoms'
import type { OperationSchemas } from '@jiankangbao/contracts/operation-schemas'
import { schemas } from '@jiankangbao/contracts/schemas'
import { isLine, LARGEST_ID } from '@jiankangbao/domain/bounds'
import { Ajv } from 'ajv'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'

// Every text and number that a request can carry, found in the schemas themselves: an operation that is added with a
// bare `Type.String` or an unbounded number fails here.

interface Leaf {
  where: string
  name: string
  schema: Record<string, unknown>
}

const leavesOf = (schema: Record<string, unknown>, where: string, name: string): Leaf[] => {
  const inside = (child: unknown, at: string, childName = name) =>
    leavesOf(child as Record<string, unknown>, `${where}${at}`, childName)
  const alternatives = (schema.anyOf ?? schema.allOf) as unknown[] | undefined
  if (alternatives) return alternatives.flatMap((child) => inside(child, ''))
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([key, child]) => inside(child, `.${key}`, key))
  if (schema.items) return [{ where, name, schema }, ...inside(schema.items, '[]')]
  return [{ where, name, schema }]
}

const leaves = Object.entries<OperationSchemas>(schemas).flatMap(([operation, parts]) =>
  (['params', 'query', 'body'] as const).flatMap((part) =>
    parts[part] ? leavesOf(parts[part] as Record<string, unknown>, `${operation}.${part}`, '') : [],
  ),
)
const texts = leaves.filter(({ schema }) => schema.type === 'string' && schema.const === undefined)
const ajv = new Ajv({ strict: false })

/** Ids of things about people, by how their names end, and of what kind they may be. */
const hiddenNames: Record<string, readonly HiddenIdKind[]> = {
  person: ['person'],
  proposal: ['proposal'],
  finding: ['finding'],
  case: ['case'],
  stay: ['case_stay'],
  exposure: ['exposure'],
  requiredtest: ['required_test'],
  test: ['test_result'],
  tuberesult: ['tube_result'],
  booking: ['booking'],
  followup: ['follow_up'],
  matter: ['declaration_matter', 'identity_matter'],
  heldpush: ['held_push'],
  import: ['import'],
  incident: ['incident'],
  roster: ['roster'],
}
const kindsOfName = (name: string): readonly string[] | undefined => {
  const plain = /^(\w+?)Ids?$/.exec(name)?.[1]?.toLowerCase()
  return Object.entries(hiddenNames).find(([ending]) => plain?.endsWith(ending))?.[1]
}
const whereNot = (kept: Leaf[], isRight: (leaf: Leaf) => boolean) =>
  kept.filter((leaf) => !isRight(leaf)).map(({ where }) => where)

describe('every text of a request', () => {
  it('is found', () => {
    expect(texts.length).toBeGreaterThan(200)
  })

  it('has an end', () => {
    expect(
      whereNot(texts, ({ schema }) => {
        const longest = (schema.maxLength as number | undefined) ?? 100
        const accepts = ajv.compile(schema)
        return ['1', 'a', 'A', '人', ' '].every((one) => !accepts(one.repeat(longest + 1)))
      }),
    ).toEqual([])
  })

  it('refuses what no column keeps, wherever in it', () => {
    const bad = ['\u0000', '\ud842', '\udfb7', '\u0007', '\u001b', '\u007f', '\u0085', '\u000b']
    const bodies = ['', 'a', 'aaaa', 'a'.repeat(18), '12345678', '2022-03-08', '330106', '人人人人']
    expect(
      whereNot(texts, ({ schema }) => {
        const accepts = ajv.compile(schema)
        return bad.every((character) =>
          bodies.every(
            (body) =>
              ![body + character, character + body, `${body}${character}${body}`].some((text) =>
                accepts(text),
              ),
          ),
        )
      }),
    ).toEqual([])
  })

  it('refuses line breaks unless several lines are meant', () => {
    const severalLines = new Set([
      'statement',
      'answer',
      'reason',
      'evidence',
      'note',
      'qrText',
      'numericCode',
      'venueCode',
      // Markdown.
      'bodyZh',
      'bodyEn',
    ])
    expect(
      whereNot(
        // What is read into a form of its own is never kept as it came.
        texts.filter(
          ({ name, where, schema }) =>
            !severalLines.has(name) && !/\.words\.(zh|en)$/.test(where) && !schema['x-reads-as'],
        ),
        ({ schema }) => !ajv.compile(schema)(`人人\n${'人'.repeat(8)}`) && !ajv.compile(schema)('12345678\n'),
      ),
    ).toEqual([])
    expect(isLine('人人\n人人')).toBe(false)
  })

  it('is an instant or a day that exists where it is called one', () => {
    const instants = texts.filter(({ name }) => /At$|^from$|^until$|effectiveFrom/.test(name))
    const days = texts.filter(({ name }) => /On$/.test(name) || name === 'on')
    expect(instants.length).toBeGreaterThan(8)
    expect(days.length).toBeGreaterThan(6)
    // Of a laboratory's rows the row is named by its own reading (features/inflow/laboratory/read-batch.ts).
    const read = ({ where }: Leaf) => where.startsWith('pushTestResults')
    const not = (list: string[]) => (leaf: Leaf) =>
      read(leaf) || list.every((text) => !ajv.compile(leaf.schema)(text))
    expect(
      whereNot(
        instants,
        not([
          'now',
          'infinity',
          '',
          '2022-02-30T10:00:00Z',
          '9999-12-31T00:00:00Z',
          '0000-01-01T00:00:00Z',
          '+275760-09-13T00:00:00Z',
        ]),
      ),
    ).toEqual([])
    expect(
      whereNot(days, not(['2022-02-30', '2023-02-29', '0000-01-01', '9999-12-31', 'today', ''])),
    ).toEqual([])
  })
})

describe('every number and list of a request', () => {
  it('has both ends', () => {
    expect(
      whereNot(
        leaves.filter(({ schema }) => schema.type === 'integer' || schema.type === 'number'),
        ({ schema }) => typeof schema.minimum === 'number' && typeof schema.maximum === 'number',
      ),
    ).toEqual([])
    expect(
      whereNot(
        leaves.filter(({ schema }) => schema.type === 'array'),
        ({ schema }) => typeof schema.maxItems === 'number',
      ),
    ).toEqual([])
  })
})

describe('every id of a request', () => {
  let database: TestDatabase
  let client: pg.Client
  beforeAll(async () => {
    database = await createTestDatabase()
    client = new pg.Client({ connectionString: database.migratorUrl })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  // Ids that stand in columns of other names.
  const columnsOf: Record<string, string> = {
    contactPersonId: 'person_id',
    actorId: 'operator_id',
    followUpIds: 'follow_up_id',
    rosterIds: 'roster_id',
    zoneIds: 'zone_id',
    version: 'version',
  }

  it('is hidden where it is of something about people, in requests and answers', () => {
    const answers = Object.entries<OperationSchemas>(schemas).flatMap(([operation, { responses }]) =>
      Object.values(responses).flatMap((schema) =>
        leavesOf(schema as unknown as Record<string, unknown>, `${operation}.answer`, ''),
      ),
    )
    const ids = [...texts, ...answers].filter(({ name }) => kindsOfName(name) !== undefined)
    expect(ids.length).toBeGreaterThan(150)
    expect(
      whereNot(ids, ({ name, schema }) => {
        const leaf = (schema.items ?? schema) as Record<string, unknown>
        return kindsOfName(name)?.includes(String(leaf['x-id-of'])) === true
      }),
    ).toEqual([])
  })

  it('goes as far as the column of its name and no further', async () => {
    const { rows } = await client.query<{ column_name: string; data_type: string }>(
      `select column_name, min(data_type) as data_type from information_schema.columns
       where table_schema = 'public' and table_name not in ('schema_migrations') and data_type in ('integer', 'bigint')
       group by column_name having count(distinct data_type) = 1`,
    )
    const types = new Map(rows.map((row) => [row.column_name, row.data_type as keyof typeof LARGEST_ID]))
    const ids = texts.filter(
      ({ name, schema }) =>
        /Ids?$|^version$/.test(name) && ajv.compile(schema)('7') && !ajv.compile(schema)('x'),
    )
    expect(ids.length).toBeGreaterThan(20)
    const wrong = ids.flatMap(({ where, name, schema }) => {
      const column = columnsOf[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      const ofTexts = /^get(Announcement|Service)Version/.test(where)
      const type = name === 'version' ? (ofTexts ? 'integer' : 'bigint') : types.get(column)
      if (!type) return [`${where}: no column ${column}`]
      const accepts = ajv.compile(schema)
      const largest = LARGEST_ID[type]
      const right =
        accepts(largest) && !accepts(String(BigInt(largest) + 1n)) && !accepts('0') && !accepts('-1')
      return right ? [] : [`${where}: not the bounds of ${type}`]
    })
    expect(wrong).toEqual([])
  })
})
