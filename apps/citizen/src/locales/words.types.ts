import type { zh } from './zh/words.ts'

/** The shape of Chinese with any text in it: what a language has to bring. */
export type Wording<T> = { [Key in keyof T]: T[Key] extends string ? string : Wording<T[Key]> }
export type Words = Wording<typeof zh>

type Path<T, Before extends string = ''> = {
  [Key in keyof T & string]: T[Key] extends string ? `${Before}${Key}` : Path<T[Key], `${Before}${Key}.`>
}[keyof T & string]

/** A key of the locale files, `section.name`. */
export type WordKey = Path<Words>
