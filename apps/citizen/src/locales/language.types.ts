import type { Words } from './words.types.ts'

/** Texts that the server, the city or a standard brings in these two languages. */
export interface BothWays {
  zh: string
  en: string
}

/** A day and a time as they stand on the clocks of the city. */
export interface Moment {
  /** Undefined for this year. */
  year: number | undefined
  month: number
  day: number
  /** `14:05` */
  time: string
}

/** Everything that a language is to the app: a folder `locales/<language>` exports one of these. */
export interface LanguageFacts {
  words: Words
  /** For speech engines and `<html lang>`. */
  tag: string
  /** What its speakers call it. */
  name: string
  /** The same in one or two letters, on the button that leads to it. */
  shortName: string
  /** One letter, on the button for large type. */
  largeLetter: string
  /** Which of the server's texts its speakers read. */
  choose: (texts: BothWays) => string
  momentText: (moment: Moment) => string
  /** Between a place and the one within it. */
  betweenPlaces: string
  /** Between people in a list of names. */
  betweenNames: string
  /** Between two sentences that are spoken. */
  betweenSentences: string
}
