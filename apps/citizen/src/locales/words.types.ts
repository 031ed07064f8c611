import type { zh } from './zh.ts'

/** The shape of Chinese with any text in it: what a language has to bring. */
export type Wording<T> = { [Key in keyof T]: T[Key] extends string ? string : Wording<T[Key]> }
export type Words = Wording<typeof zh>
