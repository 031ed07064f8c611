import { operations } from '@jiankangbao/contracts/operations'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { createOpenApi, type OpenApiOperation } from './document.ts'
import { toPage } from './page.ts'

const document = createOpenApi()
const described: OpenApiOperation[] = Object.values(document.paths).flatMap((methods) =>
  Object.values(methods),
)

/** Every name of a schema that is met in `value`, and in what they name. */
const namesIn = (value: unknown, met = new Set<string>()): Set<string> => {
  for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g))
    if (!met.has(name)) namesIn(document.components.schemas[name], met.add(name))
  return met
}

const lint = async (value: unknown) => {
  const problems = await lintFromString({
    source: JSON.stringify(value),
    absoluteRef: 'openapi.json',
    config: await createConfig({ extends: ['recommended'] }),
  })
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`)
}

/** Of these paths and the schemas they name alone: the whole takes a second or ten. */
const lintPaths = (paths: object) => {
  const { schemas: all, ...others } = document.components
  const names = namesIn([paths, others])
  const schemas = Object.entries(all).filter(([name]) => names.has(name))
  return lint({
    ...document,
    tags: document.tags.filter(({ name }) => JSON.stringify(paths).includes(JSON.stringify(name))),
    paths,
    components: { ...others, schemas: Object.fromEntries(schemas) },
  })
}

describe('the description of the interface', () => {
  it('has no finding by the rules that its linter recommends', async () => {
    expect(await lint(document)).toEqual([])
  })

  it('would have findings without summaries and callers', async () => {
    const { get } = document.paths['/api/v1/me'] ?? {}
    const alone = (part: object) => lintPaths({ '/api/v1/me': { get: { ...get, ...part } } })
    expect(await alone({})).toEqual([])
    const bare = await alone({ summary: undefined, security: undefined })
    expect(bare.map((finding) => finding.split(':')[0]).sort()).toEqual([
      'operation-summary',
      'security-defined',
    ])
  })

  it('names every operation once, with one line of what it does and the subject it belongs to', () => {
    expect(described.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(operations).sort())
    const tags = document.tags.map(({ name }) => name)
    for (const { summary, tags: own } of described) {
      expect(summary).toMatch(/^[A-Z][^\n]{4,100}[^.\n]$/)
      expect(tags).toContain(own[0])
    }
    expect(new Set(described.map(({ summary }) => summary)).size).toBe(described.length)
  })

  it.each([
    ['requestSmsCode', []],
    ['getMe', [{ citizen: [] }]],
    ['endOwnDevice', [{ device: [] }]],
    ['getOperatorMe', [{ operator: [] }]],
    ['getAuditStatus', [{ operator: ['auditor'] }]],
    ['decideProposal', [{ operator: ['hq', 'office'], csrf: [] }]],
    ['recordCheck', [{ device: [] }, { operator: ['checker', 'venue_manager', 'office', 'hq'], csrf: [] }]],
    ['pushTestResults', [{ laboratory: [] }]],
  ])('says who calls %s', (name, security) => {
    expect(described.find(({ operationId }) => operationId === name)?.security).toEqual(security)
  })

  it('gives every body a name, and every name an example that is one', () => {
    const ajv = new Ajv({ strict: false, allErrors: true })
    ajv.addSchema({ $id: 'openapi', components: document.components })
    for (const [name, { examples = [] }] of Object.entries(document.components.schemas)) {
      const accepts = ajv.getSchema(`openapi#/components/schemas/${name}`)
      if (!accepts) throw new Error(`${name} is no schema`)
      expect(examples.length, name).toBeGreaterThan(0)
      for (const example of examples)
        expect(accepts(example), `${name}: ${ajv.errorsText(accepts.errors)}`).toBe(true)
    }
    for (const { operationId, requestBody, responses } of described)
      for (const each of [requestBody, ...Object.values(responses)])
        for (const { schema } of Object.values((each && 'content' in each && each.content) || {}))
          expect(schema.$ref, operationId).toMatch(/^#\/components\/schemas\/[A-Z]\w+$/)
  })
})

describe('the page of it', () => {
  const page = toPage(document)

  it('has every operation and every schema, each link leads somewhere, and nothing runs', () => {
    const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    for (const { operationId } of described) expect(anchors).toContain(operationId)
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(anchors).toContain(target)
    expect(page).not.toMatch(/<script|onload=|javascript:/)
  })
})
