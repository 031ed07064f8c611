import { describe, expect, it } from 'vitest'
import {
  heldJpeg,
  JPEG,
  jpegSegment,
  lyingJpeg,
  makePng,
  PNG,
  pngChunk,
  TELLING_JPEG,
} from '../../test/pictures.ts'
import { decodeJpeg, encodeJpeg } from './jpeg-codec.ts'
import { RefusedPicture } from './picture.ts'
import { redraw } from './redraw.ts'

const refusal = (bytes: Buffer): Promise<string> =>
  redraw(bytes).then(
    () => 'taken',
    (error) => (error instanceof RefusedPicture ? error.reason : `${error}`),
  )
const drawn = async (bytes: Buffer) => decodeJpeg(Buffer.from(await redraw(bytes)))
/** Roughly which colour a pixel has: JPEG keeps none exactly. */
const colourAt = ({ data, width }: Awaited<ReturnType<typeof drawn>>, x: number, y: number): string =>
  [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)]
    .map((value) => Math.round(value / 64))
    .join()
const [RED, GREEN, BLUE, WHITE] = ['4,0,0', '0,2,0', '0,0,4', '4,4,4']

/** 32 × 16: red at the top left, green at the top right, blue below. */
const flag = () => {
  const data = new Uint8ClampedArray(32 * 16 * 4).fill(255)
  for (let at = 0; at < 32 * 16; at += 1) {
    const [x, y] = [at % 32, Math.floor(at / 32)]
    if (y >= 8) data.set([0, 0, 255], 4 * at)
    else data.set(x < 16 ? [255, 0, 0] : [0, 128, 0], 4 * at)
  }
  return { width: 32, height: 16, data }
}
const corners = (picture: Awaited<ReturnType<typeof drawn>>) => {
  const [right, bottom] = [picture.width - 3, picture.height - 3]
  return [
    [2, 2],
    [right, 2],
    [2, bottom],
    [right, bottom],
  ].map(([x = 0, y = 0]) => colourAt(picture, x, y))
}

describe('JPEG', () => {
  it('is made of its pixels alone', async () => {
    const bytes = Buffer.from(await redraw(TELLING_JPEG))
    for (const word of ['Exif', 'GPS', 'somebody', 'hidden', 'PK', 'ICC_PROFILE', 'Google'])
      expect(bytes.includes(Buffer.from(word)), word).toBe(false)
    const picture = await decodeJpeg(bytes)
    expect([picture.width, picture.height, colourAt(picture, 3, 3)]).toEqual([16, 8, RED])
  })

  it.each([
    [1, [RED, GREEN, BLUE, BLUE], 32],
    [2, [GREEN, RED, BLUE, BLUE], 32],
    [3, [BLUE, BLUE, GREEN, RED], 32],
    [4, [BLUE, BLUE, RED, GREEN], 32],
    [5, [RED, BLUE, GREEN, BLUE], 16],
    [6, [BLUE, RED, BLUE, GREEN], 16],
    [7, [BLUE, GREEN, BLUE, RED], 16],
    [8, [GREEN, BLUE, RED, BLUE], 16],
    [9, [RED, GREEN, BLUE, BLUE], 32],
  ])('stands upright however the camera was held: %i', async (orientation, expected, width) => {
    const held = heldJpeg(orientation, Buffer.from(await encodeJpeg(flag(), 95)))
    const picture = await drawn(held)
    expect([corners(picture), picture.width]).toEqual([expected, width])
  })

  it('may be progressive, as websites have them', async () => {
    const { default: encode } = await import('@jsquash/jpeg/encode.js')
    await encodeJpeg(flag(), 90)
    const bytes = Buffer.from(await encode(flag() as never, { progressive: true, baseline: false }))
    expect(bytes.includes(Buffer.from([0xff, 0xc2]))).toBe(true)
    expect(corners(await drawn(bytes))).toEqual([RED, GREEN, BLUE, BLUE])
  })

  it('is made smaller where it is large', async () => {
    const data = new Uint8ClampedArray(3000 * 100 * 4).fill(255)
    const bytes = Buffer.from(await encodeJpeg({ width: 3000, height: 100, data }, 50))
    const picture = await drawn(bytes)
    expect([picture.width, picture.height, colourAt(picture, 2040, 60)]).toEqual([2048, 68, WHITE])
  })

  it('is refused where it breaks off, wherever', async () => {
    for (let length = 0; length < JPEG.length - 1; length += 1)
      expect(await refusal(JPEG.subarray(0, length)), `${length}`).toBe('unreadable')
  })

  it('is refused with two frames, a segment that no picture has, or a pass too many', async () => {
    const from = JPEG.indexOf(Buffer.from([0xff, 0xc0]))
    const frame = JPEG.subarray(from, from + 2 + JPEG.readUInt16BE(from + 2))
    const within = (more: Buffer) => Buffer.concat([JPEG.subarray(0, 2), more, JPEG.subarray(2)])
    expect(await refusal(within(frame))).toBe('unreadable')
    expect(await refusal(within(jpegSegment(0xf7, 'x')))).toBe('unreadable')
    const scan = JPEG.subarray(JPEG.indexOf(Buffer.from([0xff, 0xda])), -2)
    const passes = Array.from({ length: 300 }, () => scan)
    expect(await refusal(Buffer.concat([JPEG.subarray(0, -2), ...passes, Buffer.from([0xff, 0xd9])]))).toBe(
      'unreadable',
    )
  })

  it('is refused in the four colours of printers', async () => {
    const from = JPEG.indexOf(Buffer.from([0xff, 0xc0]))
    const old = JPEG.readUInt16BE(from + 2) + 2
    const payload = Buffer.concat([JPEG.subarray(from + 4, from + old), Buffer.from([4, 0x11, 1])])
    payload[5] = 4
    const four = Buffer.concat([
      JPEG.subarray(0, from),
      jpegSegment(0xc0, payload),
      JPEG.subarray(from + old),
    ])
    expect(await refusal(four)).toBe('unreadable')
  })

  it('is refused where it claims to be huge, and drawn where it only claims to be larger', async () => {
    expect(await refusal(lyingJpeg(65_000, 65_000))).toBe('too_many_pixels')
    expect(await refusal(lyingJpeg(0, 8))).toBe('unreadable')
    const picture = await drawn(lyingJpeg(64, 64))
    expect([picture.width, picture.height]).toEqual([64, 64])
  })
})

describe('PNG', () => {
  it('is drawn as a JPEG, without its texts and what follows it', async () => {
    const text = pngChunk('tEXt', Buffer.from('Author\0told'))
    const told = Buffer.concat([PNG.subarray(0, 33), text, PNG.subarray(33), Buffer.from('<script>hidden')])
    const bytes = Buffer.from(await redraw(told))
    expect([bytes.includes('told'), bytes.includes('hidden')]).toEqual([false, false])
    const picture = await decodeJpeg(bytes)
    expect([picture.width, picture.height, colourAt(picture, 1, 1)]).toEqual([4, 4, RED])
  })

  const lines = (height: number, line: number[]) =>
    Buffer.concat(Array.from({ length: height }, () => Buffer.from([0, ...line])))
  it.each([
    ['grey of one bit', { depth: 1, colourType: 0 }, [0b00001111], ['0,0,0', WHITE]],
    [
      'grey of sixteen bits',
      { depth: 16, colourType: 0 },
      [...Array(8).fill(0), ...Array(8).fill(255)],
      ['0,0,0', WHITE],
    ],
    [
      'grey that is seen through',
      { colourType: 4 },
      [...Array(8).fill(0), ...Array(4).fill([0, 255]).flat()],
      [WHITE, '0,0,0'],
    ],
    [
      'colours',
      {},
      [...Array(4).fill([255, 0, 0]).flat(), ...Array(4).fill([0, 0, 255]).flat()],
      [RED, BLUE],
    ],
    [
      'colours of sixteen bits',
      { depth: 16, colourType: 6 },
      [
        ...Array(4).fill([255, 255, 0, 0, 0, 0, 255, 255]).flat(),
        ...Array(4).fill([0, 0, 0, 0, 0, 0, 0, 0]).flat(),
      ],
      [RED, WHITE],
    ],
    ['a palette of two bits', { depth: 2, colourType: 3 }, [0b00000000, 0b01010101], [RED, WHITE]],
  ])('may have %s', async (_, form, line, [left, right]) => {
    const palette = [
      pngChunk('PLTE', Buffer.from([255, 0, 0, 0, 0, 0])),
      pngChunk('tRNS', Buffer.from([255, 0])),
    ]
    const picture = await drawn(makePng({ width: 8, height: 8, ...form }, lines(8, line), palette))
    expect([colourAt(picture, 1, 3), colourAt(picture, 6, 3)]).toEqual([left, right])
  })

  it.each([1, 2, 3, 4])('undoes filter %i', async (filter) => {
    // Of 200 everywhere: what each filter leaves of it after the first line.
    const rest = { 1: [200, 0, 0, 0], 2: [0, 0, 0, 0], 3: [100, 0, 0, 0], 4: [0, 0, 0, 0] }[filter] ?? []
    const raw = Buffer.from([
      0,
      200,
      200,
      200,
      200,
      ...Array(3)
        .fill([filter, ...rest])
        .flat(),
    ])
    const picture = await drawn(makePng({ width: 4, height: 4, colourType: 0 }, raw))
    expect([0, 5, 10, 15].map((at) => Math.abs((picture.data[4 * at] ?? 0) - 200) < 6)).toEqual(
      Array(4).fill(true),
    )
  })

  it('is refused with a changed byte in any chunk, and where it breaks off', async () => {
    for (let at = 8; at < PNG.length - 12; at += 1) {
      const changed = Buffer.from(PNG)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await refusal(changed), `${at}`).not.toBe('taken')
    }
    for (let length = 0; length < PNG.length; length += 1)
      expect(await refusal(PNG.subarray(0, length)), `${length}`).toBe('unreadable')
  })

  it('is not unpacked beyond what its header says, nor beyond 64 MiB', async () => {
    expect(await refusal(makePng({ width: 4, height: 4 }, Buffer.alloc(5_000_000)))).toBe('unreadable')
    // 134 MB in 130 kB; its header is enough to refuse it.
    const bomb = makePng({ width: 4096, height: 4096, depth: 16, colourType: 6 }, Buffer.alloc(1000))
    expect(await refusal(bomb)).toBe('too_many_pixels')
  })
})

it('refuses what is neither', async () => {
  expect(await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'))).toBe('unreadable')
  expect(await refusal(Buffer.alloc(30))).toBe('unreadable')
  expect(await refusal(Buffer.concat([Buffer.from('GIF89a'), JPEG]))).toBe('unreadable')
})
