import type { Board } from '@jiankangbao/contracts/board/schemas'
import { SHANGHAI_OFFSET_MS } from '@jiankangbao/domain/time/shanghai'
import type { EChartsCoreOption } from 'echarts/core'

const QUIET = '#9fb3c8'
const LINE = '#22384f'
const COLOURS: Readonly<Record<string, string>> = {
  red: '#ff5c5c',
  yellow: '#ffc94d',
  isolated: '#ff9f5c',
  monitored: '#5aa9ff',
}
const SLOT = 10
const DAY = 1440

const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const text = (unit: number, size: number) => ({ color: QUIET, fontSize: Math.max(9, size * unit) })

const frame = (unit: number) => ({
  animation: false,
  textStyle: text(unit, 15),
  grid: {
    left: 12 * unit,
    right: 18 * unit,
    top: 40 * unit,
    bottom: 6 * unit,
    containLabel: true,
  },
  legend: { top: 0, right: 6 * unit, textStyle: text(unit, 15), itemWidth: 22 * unit, itemHeight: 10 * unit },
})
const axis = (unit: number) => ({
  axisLabel: text(unit, 14),
  axisLine: { lineStyle: { color: LINE } },
  splitLine: { lineStyle: { color: LINE } },
})
const counts = (unit: number) => ({ type: 'value', minInterval: 1, splitNumber: 3, ...axis(unit) })

/** Scans a minute of today against yesterday, by slots of ten minutes. The slot that is not over yet is left out. */
export const scansOption = (
  { today, yesterday, countedAt }: Pick<Board, 'today' | 'yesterday' | 'countedAt'>,
  words: { today: string; yesterday: string },
  unit: number,
): EChartsCoreOption => {
  const slots = Array.from({ length: DAY / SLOT }, (_, at) => at * SLOT)
  const now = Math.floor((Date.parse(countedAt) + SHANGHAI_OFFSET_MS) / 60_000) % DAY
  const toLine = (of: Board['today'], until: number) => {
    const known = new Map(of.map(({ minute, scans }) => [minute, scans]))
    return slots.map((slot) => (slot + SLOT <= until ? Math.round((known.get(slot) ?? 0) / SLOT) : null))
  }
  const line = (name: string, data: (number | null)[], color: string, width: number, filled: boolean) => ({
    ...{ name, type: 'line', data, showSymbol: false, itemStyle: { color } },
    lineStyle: { color, width: width * unit },
    ...(filled ? { areaStyle: { color, opacity: 0.16 } } : {}),
  })
  return {
    ...frame(unit),
    xAxis: { type: 'category', boundaryGap: false, data: slots.map(clockText), ...axis(unit) },
    yAxis: counts(unit),
    series: [
      line(words.yesterday, toLine(yesterday, DAY), '#7d97b3', 2, false),
      line(words.today, toLine(today, now), '#3ddc97', 3, true),
    ],
  }
}

/** People of the last 30 days, one above the other. @param named the counts that are shown, with their words */
export const daysOption = (
  days: Board['days'],
  named: readonly (readonly [name: string, word: string])[],
  unit: number,
): EChartsCoreOption => ({
  ...frame(unit),
  xAxis: { type: 'category', data: days.map(({ day }) => day.slice(5)), ...axis(unit) },
  yAxis: counts(unit),
  series: named.map(([name, word]) => ({
    ...{ name: word, type: 'bar', stack: 'people', barMaxWidth: 26 * unit },
    data: days.map(({ people }) => people[name] ?? 0),
    itemStyle: { color: COLOURS[name] },
  })),
})
