import { describe, expect, it } from 'vitest'
import { LONGEST_PIXELS, MOST_CHARACTERS, type PicturePhone, shrinkPicture } from './picture-shrink.ts'

const text = (length: number) => 'A'.repeat(length)
const LARGE = text(MOST_CHARACTERS + 4)

/** A phone with one picture, `taken`; `smaller` is what it makes of it at each quality. */
const phoneWith = (
  taken: string | undefined,
  size: { width: number; height: number } | undefined,
  smaller: Partial<Record<number, string>> | undefined,
) => {
  const asked: { quality: number; width?: number }[] = []
  const phone: PicturePhone = {
    read: async (path) => (path === 'taken' ? taken : smaller?.[Number(path)]),
    sizeOf: async () => size,
    compress: async (_path, how) => {
      asked.push(how)
      return smaller ? String(how.quality) : undefined
    },
  }
  return { phone, asked }
}
const SMALL = { width: 1200, height: 900 }
const BIG = { width: 3000, height: 4096 }

describe('a picture of a phone', () => {
  it('goes as it is where it is small', async () => {
    const { phone, asked } = phoneWith('abcd', SMALL, { 80: 'never' })
    expect(await shrinkPicture('taken', phone)).toEqual({ ok: true, content: 'abcd' })
    expect(asked).toEqual([])
  })

  it('is made smaller, its longest edge at most what the server keeps', async () => {
    const { phone, asked } = phoneWith(LARGE, BIG, { 80: 'small' })
    expect(await shrinkPicture('taken', phone)).toEqual({ ok: true, content: 'small' })
    expect(asked).toEqual([{ quality: 80, width: (3000 * LONGEST_PIXELS) / 4096 }])
  })

  it('is made poorer until it fits', async () => {
    const { phone, asked } = phoneWith(LARGE, SMALL, { 80: LARGE, 60: LARGE, 40: 'poor' })
    expect(await shrinkPicture('taken', phone)).toEqual({ ok: true, content: 'poor' })
    expect(asked.map(({ quality }) => quality)).toEqual([80, 60, 40])
  })

  it('goes as it is where the phone can not make it smaller and it fits', async () => {
    const { phone } = phoneWith('abcd', BIG, undefined)
    expect(await shrinkPicture('taken', phone)).toEqual({ ok: true, content: 'abcd' })
    const { phone: blind } = phoneWith('abcd', undefined, undefined)
    expect(await shrinkPicture('taken', blind)).toEqual({ ok: true, content: 'abcd' })
  })

  it.each([
    ['can not', undefined],
    ['does not make it small enough', { 80: LARGE, 60: LARGE, 40: LARGE }],
  ])('is too large where the phone %s', async (_, smaller) => {
    const { phone } = phoneWith(LARGE, BIG, smaller)
    expect(await shrinkPicture('taken', phone)).toEqual({ ok: false, reason: 'too_large' })
  })

  it('is none where it can not be read', async () => {
    for (const content of [undefined, '']) {
      const { phone } = phoneWith(content, undefined, undefined)
      expect(await shrinkPicture('taken', phone)).toEqual({ ok: false, reason: 'unreadable' })
    }
  })
})
