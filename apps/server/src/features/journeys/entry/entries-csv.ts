import type { Colour } from '@jiankangbao/contracts/atoms'
import type { ArrivalMode, EntryReason, EntryState, OfficeEntry } from '@jiankangbao/contracts/entry/schemas'
import { isAbroad } from '@jiankangbao/domain/place/countries'
import { csvLine } from '../../../sheets/csv-field.ts'
import { placesOfStays } from '../../city/place/stay-places.service.ts'

const HEADINGS = [
  '计划到达',
  '实际到达',
  '状态',
  '人员',
  '方式',
  '车次航班车牌',
  '来自',
  '事由',
  '目的地',
  '详细地址',
  '联系电话',
  '中高风险或境外旅居',
]

// Whoever opens the file reads words; the codes are of the API.
const STATES: Record<EntryState, string> = {
  submitted: '待到达',
  arrived: '已到达',
  received: '已接收',
  closed: '已结束',
  cancelled: '已取消',
  expired: '已过期',
}
const MODES: Record<ArrivalMode, string> = {
  train: '火车',
  coach: '客车',
  flight: '飞机',
  car: '自驾',
  ship: '船',
  other: '其他',
}
const REASONS: Record<EntryReason, string> = {
  return_home: '返乡',
  work: '工作',
  study: '上学',
  visit: '探亲访友',
  travel: '旅游',
  medical: '就医',
  other: '其他',
}
const COLOURS: Record<Colour, string> = { green: '绿码', yellow: '黄码', red: '红码', none: '暂无' }
const LEVELS: Record<OfficeEntry['ratedStays'][string], string> = {
  high: '高风险',
  medium: '中风险',
  low: '低风险',
}

const SHANGHAI_MS = 8 * 3600_000
const localTime = (instant: string): string =>
  new Date(Date.parse(instant) + SHANGHAI_MS).toISOString().slice(0, 16).replace('T', ' ')

const toLine = (entry: OfficeEntry): string =>
  csvLine([
    localTime(entry.plannedArrivalAt),
    entry.arrivedAt ? localTime(entry.arrivedAt) : '',
    entry.overdue ? `${STATES[entry.state]}（逾期）` : STATES[entry.state],
    entry.travellers.map(({ nameMasked, colour }) => `${nameMasked} ${COLOURS[colour]}`).join('；'),
    MODES[entry.arrivalMode],
    entry.arrivalNumber ?? '',
    entry.placeNames[entry.originCode] ?? entry.originCode,
    REASONS[entry.reason],
    entry.destinationName,
    entry.destinationDetail,
    entry.contactPhoneMasked,
    [
      ...Object.entries(entry.ratedStays).map(
        ([code, level]) => `${entry.placeNames[code] ?? code} ${LEVELS[level]}`,
      ),
      ...[...new Set(placesOfStays(entry.stays).filter(isAbroad))].map(
        (place) => `${entry.placeNames[place] ?? place} 境外`,
      ),
    ].join('；'),
  ])

/** Registrations as CSV in Chinese words, with the byte order mark by which spreadsheets know UTF-8; cut, it says so at its end. */
export const toEntriesCsv = (entries: readonly OfficeEntry[], cut: boolean): string => {
  const last = cut
    ? csvLine([`以上为前 ${entries.length} 份，其余未列出：请按日期、辖区或到达方式分别导出`])
    : ''
  return `\uFEFF${csvLine(HEADINGS)}${entries.map(toLine).join('')}${last}`
}
