// docs/recipes.md says how many files a new kind of something takes. A table that must name every kind is one file more, so such
// tables stand in the files of the recipe and nowhere else; elsewhere a table may be `Partial`.
const contracts = 'packages/contracts/src'
const names = [`${contracts}/words/zh.ts`, `${contracts}/words/en.ts`]

/** `besides`: files that a new kind takes and that hold no such table. */
export const recipes = [
  {
    what: 'a venue kind',
    type: 'VenueKind',
    tables: ['packages/domain/src/decision/venue-kind.ts', ...names],
    besides: [],
    most: 3,
  },
  {
    what: 'a document type',
    type: 'DocumentType',
    tables: [
      'packages/domain/src/written/document-types.ts',
      `${contracts}/provincial/card-types.ts`,
      ...names,
    ],
    besides: ['a migration'],
    most: 5,
  },
  {
    what: 'a list kind',
    type: 'ImportKind',
    tables: ['packages/domain/src/vocabulary/lists.ts', 'apps/server/src/features/lists/kinds/kinds.ts'],
    besides: ['apps/server/src/features/lists/kinds/<kind>.ts'],
    most: 3,
  },
]

/** `: Record<VenueKind, …>`, `satisfies Words<VenueKind>`, `[kind in VenueKind]:`. */
const wholeTable = (type) =>
  new RegExp(
    `(?::|\\bsatisfies)\\s*(?:Readonly<\\s*)?(?:Record|Words)<\\s*${type}\\b|\\bin ${type}\\]:|\\bin ${type}\\]-`,
  )

/** @returns problems of one source */
export const findWholeTables = (path, text) =>
  recipes
    .filter(({ tables }) => !tables.includes(path))
    .flatMap(({ what, type }) =>
      text
        .split('\n')
        .flatMap((line, at) =>
          wholeTable(type).test(line)
            ? [`${path}:${at + 1}: ${what} would take this file too; see docs/recipes.md`]
            : [],
        ),
    )

export const checkRecipes = async (files, read) => {
  const sources = files.filter(
    (path) => /^(apps|packages)\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$|\/test\//.test(path),
  )
  const found = await Promise.all(sources.map(async (path) => findWholeTables(path, await read(path))))
  const grown = recipes
    .filter(({ tables, besides, most }) => tables.length + besides.length > most)
    .map(({ what, most }) => `scripts/house/recipes.mjs: ${what} takes more than ${most} files`)
  const gone = recipes.flatMap(({ tables }) => tables.filter((path) => !files.includes(path)))
  return [...found.flat(), ...grown, ...gone.map((path) => `${path}: named in scripts/house/recipes.mjs`)]
}
