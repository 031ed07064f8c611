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

const lint = async (value: unknown) => {
  const problems = await lintFromString({
    source: JSON.stringify(value),
    absoluteRef: 'openapi.json',
    config: await createConfig({ extends: ['recommended'] }),
  })
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`)
}

describe('the description of the interface', () => {
  it('has no finding by the rules that its linter recommends', async () => {
    expect(await lint(document)).toEqual([])
  })

  it('would have findings without summaries and callers', async () => {
    const bare = structuredClone(document) as { paths: Record<string, Record<string, object>> }
    const me = bare.paths['/api/v1/me']
    bare.paths['/api/v1/me'] = { get: { ...me?.get, summary: undefined, security: undefined } }
    expect((await lint(bare)).map((finding) => finding.split(':')[0]).sort()).toEqual([
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
      const accepts = ajv.compile({ $ref: `openapi#/components/schemas/${name}` })
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
