import { wordKey } from './word.ts'

/** Columns whose words headquarters may add to, and the headings themselves. */
export const SYNONYM_FIELDS = [
  'heading',
  'category',
  'documentType',
  'country',
  'result',
  'mode',
  'level',
  'extent',
  'endKind',
  'action',
] as const
export type SynonymField = (typeof SYNONYM_FIELDS)[number]

/**
 * Words that lists write besides those that the programme knows: by column, by what they mean (of headings the identifier of the
 * column), many each. They are part of the ruleset: added as data, proposed and approved by two people like everything in it,
 * because a word can turn people red.
 */
export type ListSynonyms = {
  readonly [field in SynonymField]?: { readonly [meaning: string]: readonly string[] }
}

/** Words under two meanings of one column, as places within the synonyms: `/result/positive/0`. */
export const findDoubleSynonyms = (synonyms: ListSynonyms): string[] =>
  SYNONYM_FIELDS.flatMap((field) => {
    const seen = new Map<string, string>()
    return Object.entries(synonyms[field] ?? {}).flatMap(([meaning, words]) =>
      words.flatMap((word, at) => {
        const key = wordKey(word)
        const other = seen.get(key)
        seen.set(key, meaning)
        return key === '' || (other !== undefined && other !== meaning) ? [`/${field}/${meaning}/${at}`] : []
      }),
    )
  })

/** What each added word of a column means, by how words are compared. */
export const readSynonyms = (
  synonyms: ListSynonyms | undefined,
  field: SynonymField,
): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(synonyms?.[field] ?? {}).flatMap(([meaning, words]) =>
      words.map((word) => [wordKey(word), meaning] as const),
    ),
  )
