/** A column that lists have: what it is called, what its cells say, and how they are shown. */
export interface Column<T = unknown> {
  /** By which it is named where it is missing. */
  id: string
  /** What offices call it; the first is proposed to them. */
  headings: readonly string[]
  /** What a cell says; undefined where that is nothing known. */
  read: (text: string) => T | undefined
  /** Shown as text: a spreadsheet that takes its numbers for amounts would cut them or drop their leading zeros. */
  asText: boolean
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

/** Of words with a meaning; each meaning is a word for itself too. */
export const wordColumn = <Word extends string>(
  id: string,
  headings: readonly string[],
  words: Record<Word, readonly string[]>,
): Column<Word> => ({
  id,
  headings,
  read: (text) => (Object.keys(words) as Word[]).find((word) => word === text || words[word].includes(text)),
  asText: false,
})

/** The words are read in capitals too; written here in small letters. */
export const inAnyCase = <Word extends string>(column: Column<Word>): Column<Word> => ({
  ...column,
  read: (text) => column.read(text.toLowerCase()),
})

/** The heading of a column as it is proposed to offices. */
export const headingOf = ({ id, headings }: Column): string => headings[0] ?? id
