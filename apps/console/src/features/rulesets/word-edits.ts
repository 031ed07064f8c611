import type { DivisionChanges, EndedDivision, MadeDivision } from '@jiankangbao/domain/place/division-changes'
import type { ListSynonyms, SynonymField } from '@jiankangbao/domain/written/list-synonyms'
import { wordKey } from '@jiankangbao/domain/written/word'

/** One word of one meaning of one column. */
export interface WordOf {
  field: SynonymField
  meaning: string
  word: string
}

/** What somebody changed on the page and has not handed in; kept apart from the ruleset, which may change meanwhile. */
export interface WordEdits {
  added: readonly WordOf[]
  removed: readonly WordOf[]
  made: readonly MadeDivision[]
  ended: readonly EndedDivision[]
}

export const NO_EDITS: WordEdits = { added: [], removed: [], made: [], ended: [] }

export const countEdits = ({ added, removed, made, ended }: WordEdits): number =>
  added.length + removed.length + made.length + ended.length

const isSame = (one: WordOf, other: WordOf): boolean =>
  one.field === other.field && one.meaning === other.meaning && wordKey(one.word) === wordKey(other.word)

/** The added words of one meaning: those of the ruleset and those of the page. */
export const wordsOf = (
  words: ListSynonyms | undefined,
  { added, removed }: WordEdits,
  field: SynonymField,
  meaning: string,
): string[] => [
  ...(words?.[field]?.[meaning] ?? []).filter(
    (word) => !removed.some((each) => isSame(each, { field, meaning, word })),
  ),
  ...added.filter((each) => each.field === field && each.meaning === meaning).map(({ word }) => word),
]

export const addWord = (edits: WordEdits, word: WordOf): WordEdits => {
  const back = edits.removed.some((each) => isSame(each, word))
  return back
    ? { ...edits, removed: edits.removed.filter((each) => !isSame(each, word)) }
    : { ...edits, added: [...edits.added, word] }
}

export const removeWord = (edits: WordEdits, word: WordOf): WordEdits => {
  const own = edits.added.some((each) => isSame(each, word))
  return own
    ? { ...edits, added: edits.added.filter((each) => !isSame(each, word)) }
    : { ...edits, removed: [...edits.removed, word] }
}

const applyToWords = (words: ListSynonyms | undefined, edits: WordEdits): ListSynonyms => {
  const pairs = [
    ...Object.entries(words ?? {}).flatMap(([field, meanings]) =>
      Object.keys(meanings ?? {}).map((meaning) => [field, meaning] as const),
    ),
    ...edits.added.map(({ field, meaning }) => [field, meaning] as const),
  ]
  const result: Record<string, Record<string, string[]>> = {}
  for (const [field, meaning] of pairs) {
    const left = wordsOf(words, edits, field as SynonymField, meaning)
    if (left.length > 0) result[field] = { ...result[field], [meaning]: left }
  }
  return result
}

interface Before {
  id: string
  version: number
  listWords?: ListSynonyms
  divisions?: DivisionChanges
}

/** A later word about the same division counts. */
const withLater = <Entry extends { code: string }>(
  before: readonly Entry[] = [],
  later: readonly Entry[],
  gone: readonly { code: string }[],
): Entry[] => [
  ...before.filter(({ code }) => ![...later, ...gone].some((each) => each.code === code)),
  ...later,
]

const MOST_ID_LENGTH = 50

/** The ruleset in force with the edits, under an id of its own. */
export const applyEdits = <Document extends Before>(document: Document, edits: WordEdits): Document => {
  const { made = [], ended = [] } = document.divisions ?? {}
  const divisions = {
    made: withLater(made, edits.made, edits.ended),
    ended: withLater(ended, edits.ended, edits.made),
  }
  const version = document.version + 1
  return {
    ...document,
    id: `${document.id.replace(/-w[0-9]+$/, '').slice(0, MOST_ID_LENGTH)}-w${version}`,
    version,
    listWords: applyToWords(document.listWords, edits),
    ...(divisions.made.length + divisions.ended.length === 0 ? {} : { divisions }),
  }
}

/** What a word means already, in the words of the programme or of the ruleset; undefined where it is free. */
export const findMeaning = (
  meanings: readonly { meaning: string; known: readonly string[] }[],
  addedTo: (meaning: string) => readonly string[],
  word: string,
): string | undefined =>
  meanings.find(({ meaning, known }) =>
    [meaning, ...known, ...addedTo(meaning)].some((each) => wordKey(each) === wordKey(word)),
  )?.meaning
