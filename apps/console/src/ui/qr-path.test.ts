import { describe, expect, it } from 'vitest'
import { toQrPath } from './qr-path.ts'

describe('QR paths', () => {
  it('keep the quiet zone and stay within the square', () => {
    const { size, path } = toQrPath('https://jkb.example.cn/v/K7M2P9QX4T3F')
    const starts = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, run]) => [
      Number(x),
      Number(y),
      Number(run),
    ])
    expect(starts.length).toBeGreaterThan(50)
    for (const [x = 0, y = 0, run = 0] of starts) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
      expect(Math.max(x + run, y + 1)).toBeLessThanOrEqual(size - 4)
    }
  })

  it('stay at version 9 or below for the longest personal code', () => {
    expect(toQrPath(`https://jkb.example.cn/p/${'A'.repeat(155)}`).size - 8).toBeLessThanOrEqual(53)
  })
})
