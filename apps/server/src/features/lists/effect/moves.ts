import type { Colour } from '@jiankangbao/domain/status/colour'
import type { Finding, TestResult } from '@jiankangbao/domain/status/finding'
import type { Pool } from '../../../db/pool.ts'
import { previewReplacements } from '../../colours/status/status.service.ts'
import type { StoredImpact } from '../store/import.queries.ts'
import * as queries from '../store/staging.queries.ts'
import type { MadeRow } from './undoing.ts'

const PERSONS = 1000

/** Counts people who go from one colour to another; the largest number comes first. */
export const countMoves = () => {
  const counts = new Map<string, StoredImpact['moves'][number]>()
  return {
    add: (from: Colour, to: Colour): void => {
      const move = counts.get(`${from}:${to}`) ?? { from, to, persons: 0 }
      counts.set(`${from}:${to}`, { ...move, persons: move.persons + 1 })
    },
    list: (): StoredImpact['moves'] => [...counts.values()].sort((one, other) => other.persons - one.persons),
  }
}

const NOTHING = { findingIds: new Set<string>(), testIds: new Set<string>() }

const toGone = ({ finding_ids, test_ids }: MadeRow) => ({
  findingIds: new Set(finding_ids),
  testIds: new Set(test_ids),
})

type Additions = Map<string, { findings: Finding[]; tests: TestResult[] }>

/** What a row adds to its person. A positive pool means `pool_positive` for everyone in it, by rule. */
const add = (additions: Additions, row: queries.PersonRow): void => {
  const facts = additions.get(row.person_id) ?? { findings: [], tests: [] }
  additions.set(row.person_id, facts)
  const at = row.at.getTime()
  const id = `row-${row.row_number}`
  if (row.category)
    facts.findings.push({
      findingId: id,
      category: row.category,
      anchorAt: at,
      ...(row.contact_positive_at ? { contactPositiveAt: row.contact_positive_at.getTime() } : {}),
    })
  if (row.result && row.kind)
    facts.tests.push({ testId: id, sampledAt: at, result: row.result, kind: row.kind })
  if (row.result === 'positive' && row.kind === 'pooled')
    facts.findings.push({ findingId: id, category: 'pool_positive', anchorAt: at })
}

/**
 * How many people the staged rows would take from which colour to which, by the rules as they are now.
 * @param replaced results that rows correct or withdraw, of whomever
 * @param onBatch told how many persons are done; false stops
 * @returns undefined where it was stopped
 */
export const computeMoves = async (
  pool: Pool,
  importId: string,
  now: Date,
  onBatch: (persons: number) => Promise<boolean>,
  replaced: MadeRow[] = [],
): Promise<StoredImpact['moves'] | undefined> => {
  const moves = countMoves()
  const gone = new Map(replaced.map((row) => [row.person_id, toGone(row)]))
  const count = async (additions: Additions): Promise<void> => {
    const changes = new Map(
      [...additions].map(([id, added]) => [id, { ...added, ...(gone.get(id) ?? NOTHING) }]),
    )
    for (const { from, to } of await previewReplacements(pool, changes, now)) moves.add(from, to)
    for (const personId of additions.keys()) gone.delete(personId)
  }
  let done = 0
  for (let after = '0'; ; ) {
    const rows = await queries.listPersonRows(pool, importId, after, PERSONS)
    const last = rows.at(-1)
    if (!last) break
    const additions: Additions = new Map()
    for (const row of rows) add(additions, row)
    await count(additions)
    after = last.person_id
    done += additions.size
    if (!(await onBatch(done))) return undefined
  }
  // Those from whom a result is only taken.
  while (gone.size > 0) {
    const some = [...gone.keys()].slice(0, PERSONS)
    await count(new Map(some.map((personId) => [personId, { findings: [], tests: [] }])))
    if (!(await onBatch(done))) return undefined
  }
  return moves.list()
}
