import { epochOf, readInstant } from '@jiankangbao/domain/written/instant'
import { type Column, textColumn } from './column.ts'
import type { Problems, ReadingContext } from './reading.ts'

/** Nothing that a colour could hang on happened before; an earlier day is a slip, such as 2002 for 2022. */
const EARLIEST_MS = Date.parse('2019-12-01T00:00:00+08:00')

export const ANCHOR: Column<string> = {
  ...textColumn(
    'anchor',
    '起算日期',
    '起算时间',
    '起始日期',
    '起始时间',
    '起始监测日期',
    '监测起始日期',
    '监测开始时间',
    '隔离开始日期',
    '管控开始日期',
    '管控起始日期',
    '隔离起始日期',
    '最后接触日期',
    '最后接触时间',
    '最后暴露时间',
    '末次暴露日期',
    '来返日期',
    '抵达日期',
    '到达日期',
    '入境时间',
    '末次接触日期',
    '末次接触时间',
    '末次暴露时间',
    '入境日期',
    '日期',
    '监测开始日期',
    '居家开始日期',
    '开始日期',
    '划定日期',
    '划定时间',
    '公布日期',
    '公布时间',
    'anchor',
  ),
  headingForm: /^[入来返抵到回].{1,4}(?:日期|时间)$/,
}
export const UNTIL = textColumn('until', '解除日期', '解除时间', '结束日期', '结束时间', 'until')

export const isImplausible = (at: number): boolean => at < EARLIEST_MS

/** @param raw a date, with a time or not; its Shanghai midnight stands for a date */
export const readTime = (
  raw: string,
  { dateSystem }: Pick<ReadingContext, 'dateSystem'>,
): { at: number; timeGiven: boolean } | undefined => {
  const read = readInstant(raw, dateSystem)
  return read.ok ? { at: epochOf(read), timeGiven: read.secondOfDay !== undefined } : undefined
}

/** What is wrong with a time that `readTime` did not read. */
export const timeProblem = (raw: string): 'time_ambiguous' | 'time_invalid' => {
  const read = readInstant(raw)
  return !read.ok && read.reason === 'ambiguous' ? 'time_ambiguous' : 'time_invalid'
}

export const readPast = (raw: string, context: ReadingContext, problems: Problems) => {
  const time = readTime(raw, context)
  if (!time) problems.push(timeProblem(raw))
  else if (time.at > context.nowMs) problems.push('time_future')
  else if (isImplausible(time.at)) problems.push('time_implausible')
  return time
}
