import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { operations } from '@jiankangbao/contracts/operations'
import { describe, expect, it } from 'vitest'

const { isLeftOut } = createRequire(import.meta.url)('../config/citizens-operations.js') as {
  isLeftOut: (address: string) => boolean
}

const leftOut = new Set(
  Object.entries(operations).flatMap(([name, { path }]) => (isLeftOut(path) ? [name] : [])),
)

// What the bundle carries: the app itself and the store of what a phone could not send.
const folders = ['../src/', '../../../packages/outbox/src/'].map((folder) => new URL(folder, import.meta.url))
const sources = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|^pages\//.test(file))
    .map((file) => ({ file, source: readFileSync(new URL(file, folder), 'utf8') })),
)

/** Operations of others that a source names as a text: `call('listOperators', …)`, a table of names, a type of them. */
const namedIn = (source: string): string[] =>
  [...source.matchAll(/['"`](\w+)['"`]/g)].flatMap(([, name = '']) => (leftOut.has(name) ? [name] : []))

describe('operations that the bundle leaves out', () => {
  it('are those of operators, partners and checkpoints, and none of a citizen', () => {
    expect(leftOut.size).toBeGreaterThan(100)
    const citizens = Object.entries(operations).filter(([, { access }]) => access.kind === 'citizen')
    expect(citizens.length).toBeGreaterThan(50)
    expect(citizens.filter(([name]) => leftOut.has(name))).toEqual([])
  })

  it('are found where a source calls one', () => {
    expect(namedIn("const list = await api.call('listVenues', {})")).toEqual(['listVenues'])
    expect(namedIn("const mine = await api.call('getMyStatus', {})")).toEqual([])
  })

  it('are called nowhere in the app', () => {
    expect(sources.length).toBeGreaterThan(200)
    const called = sources.flatMap(({ file, source }) => namedIn(source).map((name) => `${file}: ${name}`))
    expect(called).toEqual([])
  })
})
