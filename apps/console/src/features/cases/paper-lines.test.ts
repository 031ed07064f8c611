import { expect, it } from 'vitest'
import { readPaperLines } from './paper-lines.ts'

it('reads pasted lines however they are parted, and names those that are none', () => {
  const text =
    '张三,11010119900307001X,30\n李四\t11010119900307002X\t15\n\n王五 11010119900307003X\n赵六，11010119900307004X，2000'
  const { people, wrong } = readPaperLines(text)
  expect(people).toEqual([
    { name: '张三', document: { type: 'resident_id', number: '11010119900307001X' }, minutes: 30 },
    { name: '李四', document: { type: 'resident_id', number: '11010119900307002X' }, minutes: 15 },
  ])
  expect(wrong).toEqual([4, 5])
})
