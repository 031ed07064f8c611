import { describe, expect, it } from 'vitest'
import { pathTo } from './path-to.ts'
import { routes } from './routes.tsx'

const sources = Object.entries(
  import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
)

describe('an address', () => {
  it('has its ids in the path and its filters behind', () => {
    expect(pathTo('/venues/:venueId/posters', { venueId: '17', points: '1,2' })).toBe(
      '/venues/17/posters?points=1%2C2',
    )
    expect(pathTo('/rulesets/:rulesetId', { rulesetId: 'a/b' })).toBe('/rulesets/a%2Fb')
    expect(pathTo('/proposals/:proposalId?', { state: 'all', mine: '', alarmed: undefined })).toBe(
      '/proposals?state=all',
    )
    expect([pathTo('/'), pathTo('/people/:personId?')]).toEqual(['/', '/people'])
  })

  it('is built from the path of a page that exists, and nowhere by hand', () => {
    const known = new Set(routes.map(({ path }) => path))
    const asked = sources.flatMap(([file, text]) =>
      [...text.matchAll(/\bpathTo\(\s*'([^']+)'/g)].map((match) => [file, match[1] ?? ''] as const),
    )
    expect(asked.length).toBeGreaterThan(40)
    expect(asked.filter(([, path]) => !known.has(path))).toEqual([])
    const byHand = /\bto=(?:"\/|\{[`']\/)|\bnavigate\(\s*[`']\//
    expect(sources.filter(([, text]) => byHand.test(text)).map(([file]) => file)).toEqual([])
  })
})
