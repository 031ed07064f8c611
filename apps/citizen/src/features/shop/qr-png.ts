import qrcode from 'qrcode-generator'

// A PNG of one bit a pixel, its data stored without compression (RFC 1950, RFC 1951): every phone's album and every printer
// takes it, which they do not all do of the GIF that the library draws.

const CELL = 24
const QUIET = 4
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const MOST_STORED = 0xffff

const crcOf = (bytes: readonly number[]): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

const adlerOf = (bytes: readonly number[]): number => {
  let a = 1
  let b = 0
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

const word = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff)

const chunk = (name: string, data: readonly number[]): number[] => {
  const body = [...[0, 1, 2, 3].map((at) => name.charCodeAt(at)), ...data]
  return [...word(data.length), ...body, ...word(crcOf(body))]
}

const stored = (bytes: readonly number[]): number[] => {
  const out = [0x78, 0x01]
  for (let at = 0; at < bytes.length; at += MOST_STORED) {
    const part = bytes.slice(at, at + MOST_STORED)
    const size = part.length
    out.push(at + size >= bytes.length ? 1 : 0, size & 0xff, size >> 8, ~size & 0xff, (~size >> 8) & 0xff)
    for (const byte of part) out.push(byte)
  }
  return [...out, ...word(adlerOf(bytes))]
}

/** A QR code as a PNG of about nine hundred pixels, with its quiet border. */
export const toQrPng = (text: string): Uint8Array => {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const cells = code.getModuleCount()
  const size = (cells + 2 * QUIET) * CELL
  const isDark = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < cells && y < cells && code.isDark(y, x)
  const rows: number[] = []
  for (let y = 0; y < size; y++) {
    rows.push(0)
    for (let byte = 0; byte < size / 8; byte++) {
      let bits = 0
      for (let bit = 0; bit < 8; bit++) {
        const dark = isDark(Math.floor((byte * 8 + bit) / CELL) - QUIET, Math.floor(y / CELL) - QUIET)
        bits = (bits << 1) | (dark ? 0 : 1)
      }
      rows.push(bits)
    }
  }
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk('IHDR', [...word(size), ...word(size), 1, 0, 0, 0, 0]),
    ...chunk('IDAT', stored(rows)),
    ...chunk('IEND', []),
  ])
}
