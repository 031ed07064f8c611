import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { JPEG, jpegSegment, PNG, TELLING_JPEG } from '../../../test/pictures.ts'
import { cleanPicture } from './clean-picture.ts'

const refusal = (bytes: Buffer) => {
  const cleaned = cleanPicture(bytes)
  return cleaned.ok ? 'taken' : cleaned.reason
}
const picture = (bytes: Buffer) => {
  const cleaned = cleanPicture(bytes)
  if (!cleaned.ok) throw new Error(cleaned.reason)
  return cleaned.picture
}

/** CRC-32 bit by bit, apart from the one under test. */
const crc32 = (bytes: Buffer): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

const chunk = (type: string, data: Buffer): Buffer => {
  const frame = Buffer.alloc(8)
  const typed = Buffer.concat([Buffer.from(type), data])
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(typed), 4)
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)])
}

describe('JPEG', () => {
  it('keeps the picture and nothing that tells of its maker', () => {
    const clean = picture(TELLING_JPEG)
    expect(clean).toMatchObject({ mediaType: 'image/jpeg', width: 16, height: 8 })
    for (const word of ['Exif', 'GPS', 'somebody', 'hidden', 'ICC_PROFILE', 'Google'])
      expect(clean.bytes.includes(Buffer.from(word)), word).toBe(false)
    expect(clean.bytes.includes(Buffer.from('JFIF'))).toBe(true)
    // What is clean stays as it is, and the telling one is the same picture.
    expect(picture(clean.bytes).bytes.equals(clean.bytes)).toBe(true)
    expect(picture(JPEG).bytes.equals(clean.bytes)).toBe(true)
  })

  it('refuses one that breaks off, wherever', () => {
    for (let length = 0; length < JPEG.length - 1; length += 1)
      expect(refusal(JPEG.subarray(0, length)), `${length}`).toBe('unreadable')
  })

  it('refuses one with two frames, or a segment that no picture has', () => {
    const frame = JPEG.subarray(JPEG.indexOf(Buffer.from([0xff, 0xc0])))
    const twice = Buffer.concat([
      JPEG.subarray(0, 2),
      frame.subarray(0, 2 + frame.readUInt16BE(2)),
      JPEG.subarray(2),
    ])
    expect(refusal(twice)).toBe('unreadable')
    const odd = Buffer.concat([JPEG.subarray(0, 2), jpegSegment(0xf7, 'x'), JPEG.subarray(2)])
    expect(refusal(odd)).toBe('unreadable')
  })

  it('refuses one that claims to be huge', () => {
    const huge = Buffer.from(JPEG)
    const frame = huge.indexOf(Buffer.from([0xff, 0xc0]))
    huge.writeUInt16BE(65_000, frame + 5)
    huge.writeUInt16BE(65_000, frame + 7)
    expect(refusal(huge)).toBe('too_many_pixels')
  })
})

describe('PNG', () => {
  it('keeps the picture, packed anew', () => {
    const clean = picture(PNG)
    expect(clean).toMatchObject({ mediaType: 'image/png', width: 4, height: 4 })
    expect(picture(clean.bytes).bytes.equals(clean.bytes)).toBe(true)
  })

  it('leaves out text and whatever follows the end', () => {
    const text = chunk('tEXt', Buffer.from('Author\0told'))
    const told = Buffer.concat([PNG.subarray(0, 33), text, PNG.subarray(33), Buffer.from('hidden')])
    expect(picture(told).bytes.equals(picture(PNG).bytes)).toBe(true)
  })

  it('refuses a changed byte in any chunk, and one that breaks off', () => {
    for (let at = 8; at < PNG.length - 12; at += 1) {
      const changed = Buffer.from(PNG)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(refusal(changed), `${at}`).not.toBe('taken')
    }
    for (let length = 24; length < PNG.length; length += 1)
      expect(refusal(PNG.subarray(0, length)), `${length}`).toBe('unreadable')
  })

  it('does not unpack more than its header says', () => {
    const bomb = deflateSync(Buffer.alloc(50_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    const header = PNG.subarray(8, 33)
    const made = Buffer.concat([
      PNG.subarray(0, 8),
      header,
      chunk('IDAT', bomb),
      chunk('IEND', Buffer.alloc(0)),
    ])
    expect(refusal(made)).toBe('unreadable')
  })
})

it('refuses what is neither, and what is too large', () => {
  expect(refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'))).toBe('unreadable')
  expect(refusal(Buffer.alloc(30))).toBe('unreadable')
  expect(refusal(Buffer.alloc(1_572_865))).toBe('too_large')
})
