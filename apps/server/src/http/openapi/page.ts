import { toAccessText } from '@jiankangbao/contracts/access'
import { operations } from '@jiankangbao/contracts/operations'
import type { OpenApi, OpenApiOperation, Parameter, Response } from './document.ts'
import type { JsonSchema } from './example.ts'

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`
const json = (value: unknown): string => `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`
const table = (rows: string[]): string => (rows.length > 0 ? `<table>${rows.join('')}</table>` : '')
const row = (...cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`

const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1)
const link = (reference: string): string =>
  `<a href="#${nameOf(reference)}">${escapeHtml(nameOf(reference))}</a>`

/** What a value is, in a few words; a named schema is a link. */
const kindOf = (schema: JsonSchema): string => {
  if (schema.$ref) return link(schema.$ref)
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ')
  if (schema.enum) return schema.enum.map((each) => code(String(each))).join(' ')
  if ('const' in schema) return code(String(schema.const))
  if (schema.items) return `list of ${kindOf(schema.items)}`
  const [value] = Object.values(schema.patternProperties ?? {})
  if (value) return `${kindOf(value)} by key`
  if (schema.properties) return propertiesOf(schema)
  return escapeHtml(schema.type ?? 'anything')
}

const propertiesOf = ({ properties = {}, required = [] }: JsonSchema): string =>
  table(
    Object.entries(properties).map(([name, part]) =>
      row(
        code(name) + (required.includes(name) ? '' : ' <small>optional</small>'),
        kindOf(part),
        escapeHtml(part.description ?? ''),
      ),
    ),
  )

const parameterRow = ({ name, in: place, required, schema, description = '' }: Parameter): string =>
  row(
    code(name) + (required ? '' : ' <small>optional</small>'),
    `${place}: ${kindOf(schema)}`,
    escapeHtml(description),
  )

const contentOf = ({ content = {} }: Pick<Response, 'content'>): string =>
  Object.entries(content)
    .map(([type, { schema }]) => `${kindOf(schema)} <small>${escapeHtml(type)}</small>`)
    .join(', ')

const operationSection = (method: string, path: string, operation: OpenApiOperation): string => {
  const { operationId, summary, parameters = [], requestBody, responses } = operation
  const answers = Object.entries(responses).map(([status, response]) =>
    '$ref' in response
      ? row(code(status), link('ErrorBody'), '')
      : row(code(status), contentOf(response), escapeHtml(response.description)),
  )
  return `<details id="${operationId}"><summary><b>${method.toUpperCase()}</b> ${code(path)} ${escapeHtml(summary)}</summary>
<p>${code(operationId)}, for ${code(toAccessText(operations[operationId].access))}</p>
${table(parameters.map(parameterRow))}
${requestBody ? `<p>Body: ${contentOf(requestBody)}</p>` : ''}
${table(answers)}</details>`
}

const schemaSection = ([name, schema]: [string, JsonSchema]): string =>
  `<section id="${name}"><h3>${escapeHtml(name)}</h3>
${schema.description ? `<p>${escapeHtml(schema.description)}</p>` : ''}
<div>${kindOf(schema)}</div>
<details><summary>Example</summary>${json(schema.examples?.[0])}</details></section>`

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1rem;color:#1f2933;background:#fff}
nav a{display:inline-block;margin:0 .75rem .25rem 0;padding:.25rem 0}
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere;background:#f0f4f8;padding:0 .2em}
pre{background:#f0f4f8;padding:.75rem;overflow:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
td{border-top:1px solid #d9e2ec;padding:.25rem .5rem .25rem 0;vertical-align:top;overflow-wrap:anywhere}
td:first-child{min-width:4em}
summary{cursor:pointer;padding:.4rem 0}
h2{margin-top:2.5rem;border-bottom:2px solid #243b53}
small{color:#52606d}
a{color:#0b5cad}`

/** The same document for people: one page without a script, by subject, with every schema and an example of it. */
export const toPage = ({ info, tags, paths, components }: OpenApi): string => {
  const found = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  )
  const sections = tags.map(({ name, description }) => {
    const own = found.filter(({ operation }) => operation.tags[0] === name)
    return `<h2 id="about-${name}">${escapeHtml(name)}</h2><p>${escapeHtml(description)}.</p>
${own.map(({ method, path, operation }) => operationSection(method, path, operation)).join('\n')}`
  })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(info.title)}</title>
<style>${style}</style></head><body>
<h1>${escapeHtml(info.title)}</h1><p>${escapeHtml(info.summary)} ${escapeHtml(info.description)}</p>
<p><a href="/openapi.json">openapi.json</a></p>
<nav>${tags.map(({ name }) => `<a href="#about-${name}">${escapeHtml(name)}</a>`).join('')}<a href="#schemas">schemas</a></nav>
${sections.join('\n')}
<h2 id="schemas">schemas</h2>
${Object.entries(components.schemas).map(schemaSection).join('\n')}
</body></html>`
}
