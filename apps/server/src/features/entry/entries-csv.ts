import type { OfficeEntry } from '@jiankangbao/contracts/schemas/entry'
import { csvLine } from '../../tables/csv-field.ts'

const HEADINGS = [
  '计划到达',
  '实际到达',
  '状态',
  '人员',
  '方式',
  '车次航班车牌',
  '来自',
  '目的地',
  '详细地址',
  '联系电话',
  '中高风险旅居',
]

const SHANGHAI_MS = 8 * 3600_000
const localTime = (instant: string): string =>
  new Date(Date.parse(instant) + SHANGHAI_MS).toISOString().slice(0, 16).replace('T', ' ')

const toLine = (entry: OfficeEntry): string =>
  csvLine([
    localTime(entry.plannedArrivalAt),
    entry.arrivedAt ? localTime(entry.arrivedAt) : '',
    entry.state,
    entry.travellers.map(({ nameMasked, colour }) => `${nameMasked} ${colour}`).join('；'),
    entry.arrivalMode,
    entry.arrivalNumber ?? '',
    entry.placeNames[entry.originCode] ?? entry.originCode,
    entry.destinationName,
    entry.destinationDetail,
    entry.contactPhoneMasked,
    Object.entries(entry.ratedStays)
      .map(([code, level]) => `${entry.placeNames[code] ?? code} ${level}`)
      .join('；'),
  ])

/** Registrations as CSV, with the byte order mark by which spreadsheets know UTF-8. */
export const toEntriesCsv = (entries: readonly OfficeEntry[]): string =>
  `\uFEFF${csvLine(HEADINGS)}${entries.map(toLine).join('')}`
