// TIFF 6.0 as EXIF uses it: byte order, 42, offset of the first directory; there, entries of 12 bytes.

const ORIENTATION = 0x0112
const SHORT = 3

/** The orientation in an EXIF block, 1 to 8; 1 where it says nothing that makes sense. */
export const readOrientation = (tiff: Buffer): number => {
  const order = tiff.subarray(0, 2).toString('latin1')
  if (tiff.length < 10 || (order !== 'II' && order !== 'MM')) return 1
  const short = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return 1
  const entries = short(directory)
  for (let at = directory + 2, count = 0; count < entries && at + 12 <= tiff.length; at += 12, count += 1) {
    if (short(at) !== ORIENTATION || short(at + 2) !== SHORT) continue
    const value = short(at + 8)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}
