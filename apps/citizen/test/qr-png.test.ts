import { crc32, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toQrPng } from '../src/features/shop/qr-png.ts'

const chunksOf = (png: Buffer) => {
  const chunks: { name: string; data: Buffer }[] = []
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + size)
    expect(png.readUInt32BE(at + 8 + size)).toBe(crcOf(body))
    chunks.push({ name: body.toString('latin1', 0, 4), data: body.subarray(4) })
    at += 12 + size
  }
  return chunks
}
const crcOf = (body: Buffer): number => crc32(body)

describe('a QR code as PNG', () => {
  it('is a whole picture of black and white squares with a white border', () => {
    const png = Buffer.from(toQrPng('https://jkb.example/v/A7K2M9Q4TXYZAB'))
    const chunks = chunksOf(png)
    expect(chunks.map(({ name }) => name)).toEqual(['IHDR', 'IDAT', 'IEND'])
    const [head, data] = chunks
    const size = head?.data.readUInt32BE(0) ?? 0
    expect(size % 24).toBe(0)
    const rows = inflateSync(data?.data ?? Buffer.alloc(0))
    expect(rows.length).toBe(size * (size / 8 + 1))
    const isWhite = (x: number, y: number): boolean =>
      (((rows[y * (size / 8 + 1) + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1
    const cell = (column: number, row: number) => isWhite(column * 24 + 12, row * 24 + 12)
    expect(cell(0, 0)).toBe(true)
    // The corner marks: a black frame of seven, white within, black in the middle.
    for (const [column, row, white] of [
      [4, 4, false],
      [5, 5, true],
      [7, 7, false],
      [10, 4, false],
      [11, 4, true],
    ] as const)
      expect(cell(column, row)).toBe(white)
  })
})
