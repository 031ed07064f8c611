import { describe, expect, it } from 'vitest'
import { parseWorkplace, toWorkplaceKey } from './workplace.ts'

describe('workplace', () => {
  it.each([
    ['  徐州市  第一  中学 ', '徐州市 第一 中学'],
    ['徐州（矿务）集团有限公司', '徐州(矿务)集团有限公司'],
    ['Ｂｏｓｃｈ　Ｒｅｘｒｏｔｈ', 'Bosch Rexroth'],
    ['𬱖川路小学', '𬱖川路小学'],
    ['7-Eleven 淮海路店', '7-Eleven 淮海路店'],
  ])('reads %s', (raw, workplace) => expect(parseWorkplace(raw)).toEqual({ ok: true, workplace }))

  it.each(['', ' ', '无', '无业', '退休', '不详', '-', '——', '/', 'N/A', 'None', 'Self-employed'])(
    'takes %s for none',
    (raw) => expect(parseWorkplace(raw)).toEqual({ ok: false, reason: 'empty' }),
  )

  it.each([
    ['某', 'length'],
    ['厂'.repeat(101), 'length'],
    ['厂'.repeat(401), 'length'],
    ['第一\u0000中学', 'characters'],
    ['<b>第一中学</b>', 'characters'],
    ['13900000000', 'characters'],
    ['第一中学😀', 'characters'],
    ['=HYPERLINK("x")', 'characters'],
  ])('refuses %s', (raw, reason) => expect(parseWorkplace(raw)).toEqual({ ok: false, reason }))

  it('compares without case, blanks, signs and width, and with the form of the company', () => {
    const key = toWorkplaceKey('徐州(矿务)集团有限公司')
    for (const text of ['徐州（矿务）集团有限公司', '徐州 矿务 集团 有限公司', '徐州·矿务集团-有限公司。'])
      expect(toWorkplaceKey(text)).toBe(key)
    expect(toWorkplaceKey('徐州矿务集团')).not.toBe(key)
    expect(toWorkplaceKey('ＢＯＳＣＨ rexroth')).toBe(toWorkplaceKey('Bosch-Rexroth'))
  })
})
