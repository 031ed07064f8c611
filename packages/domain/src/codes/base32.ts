/** Crockford's alphabet: no I, L, O or U. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const lookAlikes: Record<string, string> = { O: '0', I: '1', L: '1' }

/** Values 0 to 31 of a text, reading lower case and the look-alikes o, i, l; undefined where a character is none of ours. */
export const decodeCrockford = (text: string): number[] | undefined => {
  const values: number[] = []
  for (const character of text.toUpperCase()) {
    const value = CROCKFORD.indexOf(lookAlikes[character] ?? character)
    if (value < 0) return undefined
    values.push(value)
  }
  return values
}

/** Text of values 0 to 31. */
export const encodeCrockford = (values: readonly number[]): string =>
  values.map((value) => CROCKFORD.charAt(value & 31)).join('')
