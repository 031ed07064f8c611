import { expect, it } from 'vitest'
import { findAreas, type RiskArea } from './find-areas.ts'

const area = (name: string, level: RiskArea['level'], divisionCode = '320302'): RiskArea =>
  ({ name, level, divisionCode, validFrom: '2022-03-10T04:00:00.000Z', source: 'feed' }) as RiskArea

it('finds areas by every word of their names, by code and by level', () => {
  const areas = [
    area('江苏省徐州市泉山区 示例街道', 'high', '320311'),
    area('江苏省徐州市鼓楼区', 'medium'),
    area('上海市 示例街道', 'medium', '310101'),
  ]
  const names = (text: string, level: Parameters<typeof findAreas>[2] = 'all') =>
    findAreas(areas, text, level).map((found) => areas.indexOf(found))
  expect(names('')).toEqual([0, 1, 2])
  expect(names(' 徐州 示例 ')).toEqual([0])
  expect(names('31')).toEqual([2])
  expect(names('', 'medium')).toEqual([1, 2])
  expect(names('徐州', 'low')).toEqual([])
})
