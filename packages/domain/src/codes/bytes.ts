/** Bytes of a text whose characters are all below U+0080; the domain signs and authenticates nothing else. */
export const asciiBytes = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code > 127) throw new RangeError('not an ASCII text')
    bytes[index] = code
  }
  return bytes
}

export const concatBytes = (...parts: Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Unsigned big-endian integer of up to four bytes. */
export const readUint = (bytes: Uint8Array, at: number, length: number): number => {
  let value = 0
  for (let index = 0; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0)
  return value
}

/** @throws RangeError where the value does not fit. */
export const writeUint = (bytes: Uint8Array, at: number, length: number, value: number): void => {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** length)
    throw new RangeError(`${value} does not fit ${length} bytes`)
  let rest = value
  for (let index = length - 1; index >= 0; index -= 1) {
    bytes[at + index] = rest % 256
    rest = Math.floor(rest / 256)
  }
}
