import { expect, it } from 'vitest'
import { floorOf } from './floor.ts'

it.each([
  ['三楼东侧扶梯', '3'],
  ['3F 餐饮区', '3'],
  ['F3收银台', '3'],
  ['L12 影院', '12'],
  ['３层', '3'],
  ['二十三层', '23'],
  ['十楼', '10'],
  ['3rd floor', undefined],
  ['B1 超市入口', 'B1'],
  ['负一层停车场', 'B1'],
  ['地下2层', 'B2'],
  ['正门', undefined],
  ['12号楼', undefined],
  ['苏 C00001', undefined],
  ['FOOD', undefined],
  ['CBD 广场', undefined],
])('%s is on %s', (name, floor) => {
  expect(floorOf(name)).toBe(floor)
})
