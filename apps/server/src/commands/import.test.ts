import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { makeSampleLists } from '../../test/sample-lists.ts'
import { checkImport } from './import.ts'

const folder = mkdtempSync(join(tmpdir(), 'jkb-samples-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('says of every file of a folder what an import would', async () => {
  const wanted = makeSampleLists(folder)
  const { text, exitCode } = await checkImport(['--kind', 'findings', '--file', folder])
  const said = new Map(
    text.split(/\n(?! )/).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n'))]),
  )
  expect([...said.keys()]).toEqual(Object.keys(wanted))
  for (const [name, words] of Object.entries(wanted)) expect(said.get(name), name).toContain(words)
  expect(exitCode).toBe(1)
})

it('reads one file as before', async () => {
  makeSampleLists(folder)
  const one = join(folder, '01-plain.csv')
  expect(await checkImport(['--kind', 'findings', '--file', one])).toMatchObject({ exitCode: 0 })
  await expect(checkImport(['--kind', 'x', '--file', one])).rejects.toThrow('--kind')
})
