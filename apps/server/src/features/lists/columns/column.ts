import { readWord, type Words } from '@jiankangbao/domain/written/word'

/** A column that lists have: what it is called, what its cells say, and how they are shown. */
export interface Column<T = unknown> {
  /** By which it is named where it is missing. */
  id: string
  /** What offices call it; the first is proposed to them. */
  headings: readonly string[]
  /** Headings of one form, such as the day on which somebody entered a city by its name. */
  headingForm?: RegExp
  /** What a cell says; undefined where that is nothing known. */
  read: (text: string) => T | undefined
  /** The words with a meaning that the programme knows, by what they mean; absent where texts are read as they are. */
  words?: Readonly<Record<string, readonly string[]>>
  /** Shown as text: a spreadsheet that takes its numbers for amounts would cut them or drop their leading zeros. */
  asText: boolean
  /** Two of them in one table decide nothing between two people: the first counts. */
  mayRepeat?: true
}

/** Of texts, which are read as they are. */
export const textColumn = (id: string, ...headings: string[]): Column<string> => ({
  id,
  headings,
  read: (text) => text,
  asText: false,
})

/** Of numbers that are names and not amounts. */
export const numberColumn = (id: string, ...headings: string[]): Column<string> => ({
  ...textColumn(id, ...headings),
  asText: true,
})

/** Of words that the domain reads. */
export const readColumn = <Word>(
  id: string,
  headings: readonly string[],
  read: (text: string) => Word | undefined,
  words?: Words<string>,
): Column<Word> => ({ id, headings, read, asText: false, ...(words ? { words } : {}) })

/** Of words with a meaning; each meaning is a word for itself too. Blanks, brackets, width and case count for nothing. */
export const wordColumn = <Word extends string>(
  id: string,
  headings: readonly string[],
  words: Words<Word>,
): Column<Word> => readColumn(id, headings, (text) => readWord(words, text), words)

/** Words, and before them the names that clients show for the same meanings. */
export const withNames = <Word extends string>(
  words: Partial<Words<Word>>,
  names: Readonly<Record<Word, string>>,
): Words<Word> => {
  const all = (Object.keys(names) as Word[]).map((word) => [
    word,
    [...new Set([names[word], ...(words[word] ?? [])])],
  ])
  return Object.fromEntries(all) as Words<Word>
}

/** The heading of a column as it is proposed to offices. */
export const headingOf = ({ id, headings }: Column): string => headings[0] ?? id
