import type { OfficeEntry } from '@jiankangbao/contracts/entry/schemas'
import { expect, it } from 'vitest'
import { toEntriesCsv } from './entries-csv.ts'

const entry = (more: Partial<OfficeEntry>): OfficeEntry => ({
  entryId: '00000000-0000-4000-8000-000000000001',
  state: 'submitted',
  version: 1,
  overdue: false,
  travellers: [
    { personId: '1', nameMasked: '张**', colour: 'green' },
    { personId: '2', nameMasked: '欧阳*', colour: 'none' },
  ],
  arrivalMode: 'train',
  arrivalNumber: 'G115',
  plannedArrivalAt: '2022-03-20T16:30:00.000Z',
  originCode: '440305',
  stays: [],
  ratedStays: {},
  destinationCode: '320303',
  destinationName: '云龙区',
  destinationDetail: '示例路 7 号',
  placeNames: { '440305': '广东省深圳市南山区' },
  reason: 'return_home',
  contactPhoneMasked: '138****8000',
  submittedAt: '2022-03-19T00:00:00.000Z',
  followUps: [],
  ...more,
})
const linesOf = (text: string) => text.trimEnd().split(/\r?\n/)

it('begins with the byte order mark and says everything in words', () => {
  const text = toEntriesCsv([entry({})], false)
  expect(text.startsWith('\uFEFF计划到达,')).toBe(true)
  expect(linesOf(text)[1]).toBe(
    '2022-03-21 00:30,,待到达,张** 绿码；欧阳* 暂无,火车,G115,广东省深圳市南山区,返乡,云龙区,示例路 7 号,138****8000,',
  )
})

it('says what is overdue, and the level of places stayed', () => {
  const [, line] = linesOf(
    toEntriesCsv(
      [
        entry({
          state: 'arrived',
          overdue: true,
          arrivedAt: '2022-03-20T01:00:00.000Z',
          ratedStays: { '440305': 'high', '110101': 'medium' },
        }),
      ],
      false,
    ),
  )
  expect(line).toContain('2022-03-20 09:00,已到达（逾期）')
  expect(line).toContain('广东省深圳市南山区 高风险')
  expect(line).toContain('110101 中风险')
})

it('leaves no code of any state, mode or reason', () => {
  const states = ['submitted', 'arrived', 'received', 'closed', 'cancelled', 'expired'] as const
  const modes = ['train', 'coach', 'flight', 'car', 'ship', 'other'] as const
  const reasons = ['return_home', 'work', 'study', 'visit', 'travel', 'medical', 'other'] as const
  const all = states.flatMap((state) =>
    modes.flatMap((arrivalMode) =>
      reasons.map((reason) => entry({ state, arrivalMode, reason, arrivalNumber: '' })),
    ),
  )
  expect(toEntriesCsv(all, false)).not.toMatch(/[a-z]/i)
})

it('says at its end where there are more than it holds', () => {
  const [, , last] = linesOf(toEntriesCsv([entry({})], true))
  expect(last).toBe('以上为前 1 份，其余未列出：请按日期、辖区或到达方式分别导出')
})

it.each(['=1+1', '+1', '-1', '@x', '\t=1', '　=1', '＝1'])('writes no formula: %j', (destinationDetail) => {
  const text = toEntriesCsv([entry({ destinationDetail, arrivalNumber: destinationDetail })], false)
  expect(text.split(`"'${destinationDetail}"`)).toHaveLength(3)
})
