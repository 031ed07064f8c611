import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { CHECK_STATEMENT } from '../features/doors/check/check.service.ts'
import { PASS_STATEMENT } from '../features/doors/code/code.service.ts'
import { VISIT_STATEMENT } from '../features/doors/visit/visit.service.ts'
import { SAMPLE_STATEMENT } from '../features/testing/sampling/sample.service.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  Plans?: PlanNode[]
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

// The worst moment to make a plan that stays: statistics say that every table is empty.
it.each([
  ['scans', VISIT_STATEMENT],
  ['live codes', PASS_STATEMENT],
  ['checks', CHECK_STATEMENT],
  ['samples', SAMPLE_STATEMENT],
])('%s read no whole table, by a plan made when all were empty', async (_, { text, parameters }) => {
  const owner = new pg.Client({ connectionString: app.database.superuserUrl })
  await owner.connect()
  await owner.query('vacuum analyze')
  await owner.end()
  const client = await app.parts.hotPool.connect()
  try {
    await client.query(`prepare hot as ${text}`)
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `explain (format json) execute hot(${Array(parameters).fill('null').join(', ')})`,
    )
    const nodes = rows[0]?.['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)) ?? []
    expect(nodes.filter((node) => node['Relation Name'])).not.toEqual([])
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([])
    expect(nodes.filter((node) => node['Node Type'] === 'Merge Join')).toEqual([])
  } finally {
    client.release(true)
  }
})
