import { describe, expect, it } from 'vitest'
import { checkRecipes, findWholeTables, recipes } from './recipes.mjs'

const elsewhere = 'apps/console/src/features/venues/icons.ts'

describe('recipes', () => {
  it.each([
    ['const icons: Record<VenueKind, string> = {}', 'a venue kind'],
    ['} satisfies Record<VenueKind, string>', 'a venue kind'],
    ["} satisfies Record<VenueKind | 'unknown', string>", 'a venue kind'],
    ['const words: Words<DocumentType> = {', 'a document type'],
    ['  numbers: { [type in DocumentType]: string }', 'a document type'],
    ['const steps: Readonly<Record<ImportKind, Step>> = {', 'a list kind'],
  ])('refuse a table of every kind that is no part of them: %s', (line, what) => {
    expect(findWholeTables(elsewhere, `\n${line}`)).toEqual([
      `${elsewhere}:2: ${what} would take this file too; see docs/recipes.md`,
    ])
  })

  it.each([
    'const icons: Partial<Record<VenueKind, string>> = {}',
    'byKind: { readonly [kind in VenueKind]?: string }',
    'const rows: Record<VenueKindRow, string> = {}',
  ])('leave a table alone that may lack a kind: %s', (line) => {
    expect(findWholeTables(elsewhere, line)).toEqual([])
  })

  it('allow the tables of the recipe, and name one whose file is gone', async () => {
    const files = recipes.flatMap(({ tables }) => tables)
    const read = async () => '} satisfies Record<VenueKind, string>'
    expect(findWholeTables(recipes[0].tables[0], await read())).toEqual([])
    const kept = files.filter((path) => path !== recipes[0].tables[0])
    expect(await checkRecipes(kept, async () => '')).toEqual([
      `${recipes[0].tables[0]}: named in scripts/house/recipes.mjs`,
    ])
  })
})
