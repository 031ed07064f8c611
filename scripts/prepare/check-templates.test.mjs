import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { checkTemplates } from './check-templates.mjs'

let directory
const build = async (script, templates) => {
  directory = await mkdtemp(join(tmpdir(), 'jkb-templates-'))
  await writeFile(join(directory, 'common.js'), script)
  await writeFile(
    join(directory, 'base.wxml'),
    templates
      .map(([name, tag]) => `<template name="tmpl_0_${name}">\n  <${tag} id="a"></${tag}>\n</template>`)
      .join('\n'),
  )
}
afterEach(() => rm(directory, { recursive: true, force: true }))

const all = [
  ['0', 'view'],
  ['5', 'text'],
  ['24_focus', 'input'],
]
const script = '(0,r.jsx)("input",{}),(0,r.jsxs)("div",{}),(0,r.jsx)("strong",{}),(0,r.jsx)(n.Field,{})'

it('passes a build with a template for every element', async () => {
  await build(script, all)
  await expect(checkTemplates(directory, 'weapp')).resolves.toBeUndefined()
})

it('names the elements that nothing would draw', async () => {
  await build(script, all.slice(0, 2))
  await expect(checkTemplates(directory, 'weapp')).rejects.toThrow('no template draws: input')
  await build('(0,r.jsx)("marquee",{})', all)
  await expect(checkTemplates(directory, 'weapp')).rejects.toThrow('no template draws: marquee')
  await build('nothing', all)
  await expect(checkTemplates(directory, 'weapp')).rejects.toThrow('no element at all')
})
