import { describe, expect, it } from 'vitest'
import { parseArrivalNumber } from './journey-number.ts'

describe('numbers of journeys', () => {
  it.each([
    ['train', 'g 1234', 'G1234'],
    ['train', 'Ｇ１０２', 'G102'],
    ['train', '4455', '4455'],
    ['flight', 'mu-5123', 'MU5123'],
    ['flight', '3U8633', '3U8633'],
    ['car', '苏C·12345', '苏C12345'],
    ['car', '京AD12345', '京AD12345'],
    ['ship', '中华复兴', '中华复兴'],
    ['other', '', ''],
    ['flight', 'BA39', 'BA39'],
    ['flight', 'TK26', 'TK26'],
    ['flight', 'SQ8', 'SQ8'],
    ['flight', 'CCA1501', 'CCA1501'],
    ['flight', 'MU 5123 航班', 'MU5123'],
    ['train', 'G1868次', 'G1868'],
    ['train', 'G1868 次列车', 'G1868'],
    ['train', '车次：D102', 'D102'],
    ['train', 'G1868/5', 'G1868/5'],
    ['car', '沪A0023领', '沪A0023领'],
    ['car', '使014·578', '使014578'],
    ['car', '粤X0001应急', '粤X0001应急'],
    ['car', 'WJ苏1234X', 'WJ苏1234X'],
    ['car', 'wj 01-12345', 'WJ0112345'],
    ['car', 'KA00123', 'KA00123'],
    ['car', '京O12345', '京O12345'],
    ['car', '苏C12345临', '苏C12345临'],
    ['car', '临苏C12345', '临苏C12345'],
    ['car', '苏C1234挂', '苏C1234挂'],
    ['car', '粤Z1234港', '粤Z1234港'],
    ['car', '苏C1234警', '苏C1234警'],
    ['car', '苏03-A1234', '苏03A1234'],
    ['car', '苏CD12345', '苏CD12345'],
    ['car', '无牌', '无牌'],
    ['car', '新车未上牌', '无牌'],
    ['car', '其他 29A-123.45', '29A12345'],
    ['car', '车牌号：苏C12345', '苏C12345'],
  ] as const)('%s %s', (mode, raw, number) => {
    expect(parseArrivalNumber(mode, raw)).toEqual({ ok: true, number })
    // Whatever was shown is read as the same.
    if (!raw.startsWith('其他')) expect(parseArrivalNumber(mode, number)).toEqual({ ok: true, number })
    // An office searches without knowing the mode.
    if (mode !== 'car')
      expect(parseArrivalNumber('ship', raw || 'x')).toMatchObject({ number: number || 'X' })
  })
  it.each([
    ['train', 'X12345', 'format'],
    ['train', 'G0', 'format'],
    ['train', ' ', 'required'],
    ['flight', '1234', 'format'],
    ['flight', '123456', 'format'],
    ['car', '苏I12345', 'format'],
    ['car', 'ABC123', 'format'],
    ['coach', '', 'required'],
    ['car', '其他', 'format'],
    ['other', 'x'.repeat(41), 'format'],
  ] as const)('not %s %s', (mode, raw, reason) => {
    expect(parseArrivalNumber(mode, raw)).toEqual({ ok: false, reason })
  })
})
