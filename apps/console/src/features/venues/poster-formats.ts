/** How a poster is laid out: upright like a page, or wide with the code beside the words. */
export type PosterShape = 'a4' | 'a5' | 'vehicle' | 'card'

interface PosterFormat {
  shape: PosterShape
  /** How many stand on one sheet of paper; more than one are cut apart. */
  perSheet: number
}

/**
 * What can be printed. The sheet of each, its size and direction, is the named page of the same name in `poster.css`.
 * A vehicle's sticker is A6 across, so that it is read from the back seat; a table card A7 across.
 */
export const POSTER_FORMATS = {
  a4: { shape: 'a4', perSheet: 1 },
  a5: { shape: 'a5', perSheet: 1 },
  'a5-two': { shape: 'a5', perSheet: 2 },
  vehicle: { shape: 'vehicle', perSheet: 1 },
  'vehicle-four': { shape: 'vehicle', perSheet: 4 },
  'card-eight': { shape: 'card', perSheet: 8 },
} as const satisfies Record<string, PosterFormat>

export type PosterFormatName = keyof typeof POSTER_FORMATS

export const posterFormatNames = Object.keys(POSTER_FORMATS) as PosterFormatName[]

/** The format that an address asks for; A4 where it asks for none that there is. */
export const posterFormatOf = (asked: string | null): PosterFormatName =>
  posterFormatNames.find((name) => name === asked) ?? 'a4'

export const MOST_COPIES = 40

/** How many of each an address asks for. */
export const copiesOf = (asked: string | null): number => {
  const copies = Number(asked)
  return Number.isInteger(copies) && copies >= 1 && copies <= MOST_COPIES ? copies : 1
}

/** Every one as often as asked, in sheets as they leave the printer. */
export const toSheets = <Each>(each: readonly Each[], copies: number, perSheet: number): Each[][] => {
  const all = each.flatMap((one) => Array.from({ length: copies }, () => one))
  return Array.from({ length: Math.ceil(all.length / perSheet) }, (_, sheet) =>
    all.slice(sheet * perSheet, (sheet + 1) * perSheet),
  )
}

// A hanzi is as wide as two letters.
const widthOf = (name: string): number =>
  [...name].reduce((width, character) => width + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0)

/** Which size of letters a name gets, so that it never runs into what stands below it. */
export const lengthOf = (name: string): 'short' | 'long' | 'longest' => {
  const width = widthOf(name)
  if (width <= 30) return 'short'
  return width <= 70 ? 'long' : 'longest'
}
