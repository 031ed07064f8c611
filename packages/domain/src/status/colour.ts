/** All colours, mildest first. */
export const COLOURS = ['green', 'none', 'yellow', 'red'] as const

/** `none` (暂无): not yet, or not reliably, evaluated. */
export type Colour = (typeof COLOURS)[number]

const SEVERITY: Readonly<Record<Colour, number>> = { green: 0, none: 1, yellow: 2, red: 3 }

/**
 * Rank of a colour: red > yellow > none > green. `none` stands between: not knowing never hides a known yellow or
 * red, and never passes for green. This is an order of severity, not the storage coding of `decision/coding.ts`.
 */
export function colourSeverity(colour: Colour): number {
  return SEVERITY[colour]
}

/** The worse of two colours. */
export function worseColour(a: Colour, b: Colour): Colour {
  return SEVERITY[a] >= SEVERITY[b] ? a : b
}

/** The worst of several colours; green when there are none to compare. */
export function worstColour(colours: Iterable<Colour>): Colour {
  let worst: Colour = 'green'
  for (const colour of colours) worst = worseColour(worst, colour)
  return worst
}

/** True for one of the four colours, and nothing else. */
export function isColour(value: unknown): value is Colour {
  return value === 'green' || value === 'yellow' || value === 'red' || value === 'none'
}
