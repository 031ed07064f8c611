import type { Picture } from './picture.ts'
import { RefusedPicture } from './picture.ts'

export interface PngForm {
  width: number
  height: number
  depth: number
  /** Samples of a pixel. */
  channels: number
  colourType: number
}

const PALETTE = 3

const paeth = (left: number, up: number, upLeft: number): number => {
  const estimate = left + up - upLeft
  const [byLeft, byUp, byBoth] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - upLeft),
  ]
  if (byLeft <= byUp && byLeft <= byBoth) return left
  return byUp <= byBoth ? up : upLeft
}

/** Undoes the filter of one line in place. `before` is the line above, already undone. */
const unfilter = (filter: number, line: Uint8Array, before: Uint8Array, step: number): void => {
  if (filter > 4) throw new RefusedPicture('unreadable')
  if (filter === 0) return
  for (let at = 0; at < line.length; at += 1) {
    const left = at < step ? 0 : (line[at - step] ?? 0)
    const up = before[at] ?? 0
    let guess = left
    if (filter === 2) guess = up
    else if (filter === 3) guess = (left + up) >> 1
    else if (filter === 4) guess = paeth(left, up, at < step ? 0 : (before[at - step] ?? 0))
    line[at] = (line[at] ?? 0) + guess
  }
}

/** Sample number `index` of a line, of 1, 2, 4, 8 or the upper half of 16 bits. */
const createSampler = (depth: number) => {
  if (depth === 8) return (line: Uint8Array, index: number) => line[index] ?? 0
  if (depth === 16) return (line: Uint8Array, index: number) => line[2 * index] ?? 0
  const perByte = 8 / depth
  const mask = (1 << depth) - 1
  return (line: Uint8Array, index: number) =>
    ((line[Math.floor(index / perByte)] ?? 0) >> (8 - depth * ((index % perByte) + 1))) & mask
}

// On white, as a viewer shows what can be seen through.
const onWhite = (value: number, alpha: number): number => 255 + ((value - 255) * alpha) / 255

/** Gives the lines of unpacked pixels (a filter byte before each) as red, green, blue. */
export const createPngLines = (
  { width, channels, depth, colourType }: PngForm,
  pixels: Buffer,
  palette: Buffer = Buffer.alloc(0),
  transparency: Buffer = Buffer.alloc(0),
): Picture['readLine'] => {
  const lineBytes = Math.ceil((width * channels * depth) / 8)
  const step = Math.max(1, (channels * depth) / 8)
  const sample = createSampler(depth)
  const full = depth < 8 ? 255 / ((1 << depth) - 1) : 1
  const isGrey = channels < 3
  const hasAlpha = channels === 2 || channels === 4
  let before: Uint8Array = new Uint8Array(lineBytes)

  const writeIndexed = (line: Uint8Array, into: Uint8Array) => {
    for (let x = 0; x < width; x += 1) {
      const index = sample(line, x)
      const alpha = transparency[index] ?? 255
      for (let colour = 0; colour < 3; colour += 1)
        into[3 * x + colour] = onWhite(palette[3 * index + colour] ?? 0, alpha)
    }
  }
  const writeSamples = (line: Uint8Array, into: Uint8Array) => {
    for (let x = 0; x < width; x += 1) {
      const at = x * channels
      const alpha = hasAlpha ? sample(line, at + channels - 1) : 255
      for (let colour = 0; colour < 3; colour += 1)
        into[3 * x + colour] = onWhite(sample(line, at + (isGrey ? 0 : colour)) * full, alpha)
    }
  }

  return (y, into) => {
    const start = y * (lineBytes + 1)
    const line = pixels.subarray(start + 1, start + 1 + lineBytes)
    unfilter(pixels[start] ?? 0, line, before, step)
    before = line
    if (colourType === PALETTE) writeIndexed(line, into)
    else writeSamples(line, into)
  }
}
