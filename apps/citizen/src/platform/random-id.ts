const bytesOf = (length: number): number[] => {
  const strong = typeof crypto === 'undefined' ? undefined : crypto.getRandomValues?.(new Uint8Array(length))
  // Mini programs have no synchronous source of strong randomness; a request id only has to be different.
  return Array.from(
    strong ?? { length },
    (byte: number | undefined) => byte ?? Math.floor(Math.random() * 256),
  )
}

/** A UUID (version 4) for a request, so that a repeat is recognised. */
export const makeRequestId = (): string => {
  const bytes = bytesOf(16).map((byte, at) =>
    at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte,
  )
  const hex = bytes.map((byte) => (byte + 256).toString(16).slice(1)).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
