import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { SYNONYM_FIELDS, type SynonymField } from '@jiankangbao/domain/written/list-synonyms'
import { listCategoryWords } from './category-words.ts'
import type { Column } from './column.ts'

/** What the words of one column, or of headings, may mean, and which are read already. */
export interface KnownWords {
  field: SynonymField
  meanings: { meaning: string; known: string[] }[]
}

const headingsOf = (columns: readonly Column[]): KnownWords['meanings'] => {
  const byId = new Map<string, Set<string>>()
  for (const { id, headings } of columns) {
    const known = byId.get(id) ?? new Set()
    for (const heading of headings) known.add(heading)
    byId.set(id, known)
  }
  return [...byId].map(([meaning, known]) => ({ meaning, known: [...known] }))
}

/** Everything that headquarters may add words to. */
export const listKnownWords = (columns: readonly Column[], ruleset: Ruleset): KnownWords[] =>
  SYNONYM_FIELDS.map((field) => {
    if (field === 'heading') return { field, meanings: headingsOf(columns) }
    if (field === 'category') return { field, meanings: listCategoryWords(ruleset) }
    const words = columns.find(({ id }) => id === field)?.words ?? {}
    return {
      field,
      meanings: Object.entries(words).map(([meaning, known]) => ({ meaning, known: [...known] })),
    }
  })
