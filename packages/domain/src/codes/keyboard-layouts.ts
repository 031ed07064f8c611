// A hand scanner types as an American keyboard. Where the computer expects another one, or Caps Lock is on, every key
// comes out as its neighbour's letter; each of these ways can be undone, because no two keys give the same.

const inverse = (keys: string, typed: string): ((text: string) => string) => {
  const undo = new Map<string, string>()
  for (const [index, character] of [...typed].entries()) undo.set(character, keys.charAt(index))
  return (text) => {
    let plain = ''
    for (const character of text) plain += undo.get(character) ?? character
    return plain
  }
}

const fromFrench = inverse(
  'qwazm,./;:QWAZM<>?1234567890!@#$%^&*()-_]',
  'azqw,;:!mMAZQW?./§&é"\'(-è_çà1234567890)°$',
)
const fromGerman = inverse('yzYZ;:/?-_]&=()*@#^<>\'"', 'zyZYöÖ-_ß?+/´)=("§&;:äÄ')

/** Capitals for small letters and the other way round, as Caps Lock makes of a scanner's shifted and unshifted keys. */
export const swapCase = (text: string): string => {
  let swapped = ''
  for (const character of text) {
    const lower = character.toLowerCase()
    const other = lower === character ? character.toUpperCase() : lower
    swapped += other.length === character.length ? other : character
  }
  return swapped
}

/** A German keyboard under plain letters: the one change that leaves no trace in a code without its link. */
export const swapYAndZ = inverse('yzYZ', 'zyZY')

/** Ways to read what was typed, likeliest first. Each gives the text unchanged where nothing speaks for it. */
export const keyboardWays: readonly ((text: string) => string)[] = [
  (text) => text,
  swapCase,
  // Without one of these signs a text of dashes alone would become digits.
  (text) => (/[éèçà&"'(°]|M!!/.test(text) ? fromFrench(text) : text),
  fromGerman,
  (text) => fromGerman(swapCase(text)),
]

/** From this of the ways on it is a guess which country's keyboard it was: Spain's dash is Germany's, its letters are not. */
export const FIRST_GUESS = 2
