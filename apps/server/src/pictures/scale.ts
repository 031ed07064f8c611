import type { Picture } from './picture.ts'

/** Pixels as red, green, blue, alpha. */
export interface Pixels {
  width: number
  height: number
  data: Uint8ClampedArray
}

/** For each source pixel of one direction: the target pixel it falls on, and how much of it; the rest falls on the next. */
const shareOut = (length: number, target: number) => {
  const scale = length / target
  const onto = new Uint16Array(length)
  const share = new Float32Array(length)
  for (let at = 0; at < length; at += 1) {
    const first = Math.min(target - 1, Math.floor(at / scale))
    onto[at] = first
    share[at] = first === target - 1 ? 1 : Math.min(1, (first + 1) * scale - at)
  }
  return { onto, share, scale }
}

/** Adds a line, made as short as the target, to the sums of one target line. */
const addLine = (sums: Float32Array, line: Float32Array, weight: number): void => {
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (line[at] ?? 0) * weight
}

/** The picture with its longest edge at most `longest`, every target pixel the mean of the area it covers. */
export const scaleDown = (picture: Picture, longest: number): Pixels => {
  const factor = Math.min(1, longest / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * factor))
  const height = Math.max(1, Math.round(picture.height * factor))
  const across = shareOut(picture.width, width)
  const down = shareOut(picture.height, height)
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  const source = new Uint8Array(picture.width * 3)
  const line = new Float32Array(width * 3)
  let sums = new Float32Array(width * 3)
  let next = new Float32Array(width * 3)

  const shorten = () => {
    line.fill(0)
    for (let x = 0; x < picture.width; x += 1) {
      const first = 3 * (across.onto[x] ?? 0)
      const share = across.share[x] ?? 0
      for (let colour = 0; colour < 3; colour += 1) {
        const value = source[3 * x + colour] ?? 0
        line[first + colour] = (line[first + colour] ?? 0) + value * share
        if (share < 1) line[first + 3 + colour] = (line[first + 3 + colour] ?? 0) + value * (1 - share)
      }
    }
  }
  const finish = (y: number) => {
    const area = across.scale * down.scale
    for (let x = 0; x < width; x += 1)
      for (let colour = 0; colour < 3; colour += 1)
        data[4 * (y * width + x) + colour] = (sums[3 * x + colour] ?? 0) / area
    sums = next
    next = new Float32Array(width * 3)
  }

  for (let y = 0; y < picture.height; y += 1) {
    picture.readLine(y, source)
    shorten()
    const onto = down.onto[y] ?? 0
    const share = down.share[y] ?? 0
    addLine(sums, line, share)
    if (share < 1) addLine(next, line, 1 - share)
    if (y + 1 === picture.height || down.onto[y + 1] !== onto) finish(onto)
  }
  return { width, height, data }
}

/** Where the pixel at (x, y) of the upright picture is in one of `width` × `height` with this orientation (EXIF 2.32, 4.6.4). */
const sourceOf = (orientation: number, x: number, y: number, width: number, height: number) => {
  const [right, bottom] = [width - 1, height - 1]
  switch (orientation) {
    case 2:
      return [right - x, y] as const
    case 3:
      return [right - x, bottom - y] as const
    case 4:
      return [x, bottom - y] as const
    case 5:
      return [y, x] as const
    case 6:
      return [y, bottom - x] as const
    case 7:
      return [right - y, bottom - x] as const
    case 8:
      return [right - y, x] as const
    default:
      return [x, y] as const
  }
}

/** The same pixels with the top on top. */
export const turnUpright = (pixels: Pixels, orientation: number): Pixels => {
  if (orientation === 1) return pixels
  const isTurned = orientation > 4
  const width = isTurned ? pixels.height : pixels.width
  const height = isTurned ? pixels.width : pixels.height
  const from = new Uint32Array(pixels.data.buffer)
  const to = new Uint32Array(from.length)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [sourceX, sourceY] = sourceOf(orientation, x, y, pixels.width, pixels.height)
      to[y * width + x] = from[sourceY * pixels.width + sourceX] ?? 0
    }
  return { width, height, data: new Uint8ClampedArray(to.buffer) }
}
