import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMetrics } from '../../test/metrics.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { createTestDatabase } from '../../test/test-database.ts'

// A dashboard that asks for a figure nobody gives shows an empty box, and an alert on it never fires.

interface Panel {
  id: number
  type: string
  title: string
  description?: string
  gridPos: { x: number; y: number; w: number; h: number }
  targets?: { expr: string }[]
}

const read = (path: string) => readFile(new URL(`../../../../deploy/${path}`, import.meta.url), 'utf8')

/** Names of metrics in an expression, without the endings that a histogram adds. */
const metricsIn = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/\b(?:jkb|process|nodejs)_[a-z0-9_]+/g)].map(([name]) =>
      name.replace(/_seconds_(bucket|sum|count)$/, '_seconds').replace(/_size_(bucket|sum|count)$/, '_size'),
    ),
  ),
]

/** Labels that an expression selects or groups by, with the metrics they follow or that the expression uses. */
const labelsIn = (expression: string): string[] => [
  ...[...expression.matchAll(/([a-z]+)(?:=~|!=|!~|=)"/g)].map((match) => match[1] ?? ''),
  ...[...expression.matchAll(/by \(([^)]*)\)/g)].flatMap((match) =>
    (match[1] ?? '').split(',').map((label) => label.trim()),
  ),
]

/** The alert rules as text blocks: name, expression, and everything. */
const readAlerts = async () =>
  (await read('prometheus/alerts.yml'))
    .split(/^ {6}- alert: /m)
    .slice(1)
    .map((block) => ({
      name: block.split('\n')[0]?.trim() ?? '',
      expression: /expr: (?:>-\n)?([\s\S]*?)\n {8}(?:for|labels):/.exec(block)?.[1] ?? '',
      block,
    }))

let app: TestApp
let given: Map<string, Set<string>>
let panels: Panel[]

beforeAll(async () => {
  // With a standby to read from: its figures are given only then.
  const database = await createTestDatabase()
  app = await startTestApp({ database, environment: { DATABASE_READ_URL: database.appUrl } })
  const body = await readMetrics(app)
  const metrics = app.parts.metrics.registry.getMetricsAsArray() as unknown as {
    name: string
    labelNames: string[]
  }[]
  given = new Map(
    metrics
      .filter(({ name }) => body.includes(`# TYPE ${name} `))
      .map(({ name, labelNames }) => [name, new Set(labelNames)]),
  )
  panels = (JSON.parse(await read('grafana/jiankangbao.json')) as { panels: Panel[] }).panels
})
afterAll(() => app.close())

// Given by Prometheus, or by the kind of metric.
const always = ['instance', 'job', 'le']

const expectGiven = (expression: string) => {
  const names = metricsIn(expression)
  for (const name of names) expect([...given.keys()], expression).toContain(name)
  const labels = new Set([...always, ...names.flatMap((name) => [...(given.get(name) ?? [])])])
  for (const label of labelsIn(expression)) expect([...labels], expression).toContain(label)
}

describe('the dashboard', () => {
  it('asks only for figures and labels that /metrics gives', () => {
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    expect(expressions.length).toBeGreaterThan(30)
    for (const expression of expressions) expectGiven(expression)
  })

  it('has the rows an operator looks for, top down', () => {
    const rows = panels.filter(({ type }) => type === 'row').map(({ title }) => title)
    expect(rows).toEqual(['门口 Door', '排队 Queue', '数据库 Database', '状态 Status', '进程 Processes'])
  })

  it('explains every panel in both languages', () => {
    for (const { type, title, description = '' } of panels) {
      expect(title).toMatch(/[一-龥].*[A-Za-z]|[A-Za-z].*[一-龥]/)
      if (type !== 'row') expect(description, title).toMatch(/[一-龥][\s\S]*[a-z]/)
      expect(description).not.toMatch(/undefined/)
    }
  })

  it('lays panels beside each other, never over each other', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    const taken = new Map<string, string>()
    for (const { title, gridPos } of panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.get(`${x} ${y}`), `${title} over`).toBeUndefined()
          taken.set(`${x} ${y}`, title)
        }
    }
  })
})

describe('the alerts', () => {
  it('ask only for figures and labels that /metrics gives', async () => {
    for (const { name, expression } of await readAlerts()) {
      expect(expression, name).not.toBe('')
      if (name !== 'ServerAway') expect(metricsIn(expression), name).not.toEqual([])
      expectGiven(expression)
    }
  })

  it('are all explained to whoever is woken by one', async () => {
    const operations = await readFile(new URL('../../../../docs/operations.md', import.meta.url), 'utf8')
    const alerts = await readAlerts()
    expect(alerts.length).toBeGreaterThan(5)
    for (const { name, block } of alerts) {
      expect(operations.includes(`\`${name}\``), name).toBe(true)
      expect(block, name).toMatch(/severity: (critical|warning)/)
      expect(block, name).toMatch(/summary: .*[一-龥].*[A-Za-z]/)
    }
  })
})
