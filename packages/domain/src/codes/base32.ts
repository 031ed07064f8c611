/** Crockford's alphabet: no I, L, O or U. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const crockfordValues = new Map<string, number>()
for (let value = 0; value < CROCKFORD.length; value += 1) {
  crockfordValues.set(CROCKFORD.charAt(value), value)
  crockfordValues.set(CROCKFORD.charAt(value).toLowerCase(), value)
}
for (const [lookAlike, value] of [
  ['O', 0],
  ['o', 0],
  ['I', 1],
  ['i', 1],
  ['L', 1],
  ['l', 1],
] as const)
  crockfordValues.set(lookAlike, value)

/** Values 0 to 31 of a text, reading lower case and the look-alikes o, i, l; undefined where a character is none of ours. */
export const decodeCrockford = (text: string): number[] | undefined => {
  const values: number[] = []
  // A table and not toUpperCase(), which turns ſ into S and the ligature ﬀ into two letters.
  for (const character of text) {
    const value = crockfordValues.get(character)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

/** Text of values 0 to 31. */
export const encodeCrockford = (values: readonly number[]): string =>
  values.map((value) => CROCKFORD.charAt(value & 31)).join('')
