import { readDivisionCode } from '@jiankangbao/domain/written/division-code'
import { inTransaction, type Pool, type Transaction } from '../../../db/pool.ts'
import { listUnknownPlaces } from '../../city/place/place.service.ts'
import { previewAdditions } from '../../colours/status/status.service.ts'
import { putAreas } from '../../inflow/risk-area/risk-area.service.ts'
import { textColumn, wordColumn } from '../columns/column.ts'
import type { ListRow, SharedProblem } from '../columns/reading.ts'
import { DIVISION } from '../columns/shared-columns.ts'
import { ANCHOR, isImplausible, readTime, timeProblem, UNTIL } from '../columns/times.ts'
import { type EffectRow, eachRows } from '../effect/effect.queries.ts'
import { countMoves } from '../effect/moves.ts'
import { weighImpact } from '../effect/weight.ts'
import type { StoredImpact } from '../store/import.queries.ts'
import type { ListKind } from './kind.ts'

type Level = 'high' | 'medium' | 'low'
/** Whether it is the whole division. */
type Extent = 'whole' | 'part'

interface Area {
  divisionCode: string
  name: string
  level: Level
  /** Absent where the list does not say. */
  extent?: Extent
  /** Epoch milliseconds. */
  until?: number
}

interface AreaRow extends ListRow {
  /** Since when it is rated, epoch milliseconds. */
  at: number
  area: Area
}

const AREA_NAME = textColumn(
  'areaName',
  '风险地区',
  '地区名称',
  '区域名称',
  '风险区域',
  '地区',
  '名称',
  'area',
)
const LEVEL = wordColumn<Level>('level', ['风险等级', '等级', '级别', 'level'], {
  high: ['高', '高风险', '高风险地区', '高风险区'],
  medium: ['中', '中风险', '中风险地区', '中风险区'],
  low: ['低', '低风险', '低风险地区', '低风险区'],
})
const EXTENT = wordColumn<Extent>('extent', ['范围', '涉及范围', '划定范围', 'extent'], {
  whole: ['全域', '全部', '整体', '全市', '全县', '全区'],
  part: ['部分', '局部', '部分区域'],
})

const PROBLEMS = {
  area_missing: '缺少地区名称',
  level_unknown: '风险等级不认识，请写“高风险”“中风险”或“低风险”',
  extent_unknown: '范围不认识，请写“全域”或“部分”，或留空',
  until_invalid: '解除日期不认识',
  until_before: '解除日期早于划定日期',
} as const

const MOST_NAME_LENGTH = 200
/** An area may be announced some days before it is rated. */
const FORESEEN_MS = 7 * 24 * 3600_000
/** Areas are looked at one by one when applied. */
const MOST_ROWS = 20_000
const MOST_UNKNOWN = 50

/** Staged rows as areas. The same place in a later file is the same area. */
const toAreas = (rows: EffectRow[], now: Date): Parameters<typeof putAreas>[1] =>
  rows.map((row) => {
    const { divisionCode, name, level, extent, until } = row.data as unknown as Area
    return {
      sourceId: `${divisionCode}:${name}`,
      divisionCode,
      name,
      level,
      extent,
      validFrom: row.at ?? now,
      validTo: until === undefined ? undefined : new Date(until),
    }
  })

const listAreas = async (
  tx: Transaction,
  importId: string,
  now: Date,
): Promise<ReturnType<typeof toAreas>> => {
  const areas: ReturnType<typeof toAreas> = []
  await eachRows(
    tx,
    importId,
    async () => undefined,
    async (rows) => void areas.push(...toAreas(rows, now)),
  )
  return areas
}

/**
 * What the areas would do to those who declared to have stayed there: they are put in force in a transaction that is rolled
 * back, so that the answer comes from the rules themselves.
 */
const computeAreaMoves = async (pool: Pool, importId: string, now: Date): Promise<StoredImpact['moves']> => {
  const client = await pool.connect()
  try {
    const tx = client as Transaction
    await client.query('begin')
    const { personIds } = await putAreas(tx, await listAreas(tx, importId, now), now)
    const nothing = new Map(personIds.map((personId) => [personId, { findings: [], tests: [] }]))
    const after = await previewAdditions(tx, nothing, now)
    const before = await previewAdditions(pool, nothing, now)
    const moves = countMoves()
    after.forEach(({ to }, place) => {
      moves.add(before[place]?.from ?? 'none', to)
    })
    return moves.list()
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    )
  }
}

/** Rows whose codes are no place known here: whoever approves the list sees that they would have no effect yet. */
const listUnplaced = async (
  tx: Transaction,
  importId: string,
  now: Date,
): Promise<NonNullable<StoredImpact['unknownPlaces']>> => {
  const areas = await listAreas(tx, importId, now)
  const unknown = await listUnknownPlaces(
    tx,
    areas.map(({ divisionCode }) => divisionCode),
  )
  return areas
    .filter(({ divisionCode }) => unknown.has(divisionCode))
    .slice(0, MOST_UNKNOWN)
    .map(({ divisionCode, name }) => ({ divisionCode, name }))
}

/** Areas of the whole country and how they are rated. */
export const RISK_AREAS: ListKind<AreaRow, keyof typeof PROBLEMS> = {
  columns: {
    template: [DIVISION, AREA_NAME, LEVEL, EXTENT, ANCHOR, UNTIL],
    needed: [DIVISION, AREA_NAME, LEVEL, ANCHOR],
  },
  template: () => [['310115', '示例市示例街道示例小区', '中风险', '部分', '2022-03-08', '']],
  problems: PROBLEMS,
  mostRows: MOST_ROWS,

  // The code says where an area is. One that is no place known here is held when it is applied.
  parse: (cell, context) => {
    const problems: (keyof typeof PROBLEMS | SharedProblem)[] = []
    const divisionCode = readDivisionCode(cell(DIVISION))
    if (divisionCode === undefined) problems.push('division_unknown')
    const name = cell(AREA_NAME)
    if (name === '' || name.length > MOST_NAME_LENGTH) problems.push('area_missing')
    const level = LEVEL.read(cell(LEVEL))
    if (!level) problems.push('level_unknown')
    const extent = EXTENT.read(cell(EXTENT))
    if (cell(EXTENT) !== '' && !extent) problems.push('extent_unknown')
    const from = readTime(cell(ANCHOR), context)
    if (!from) problems.push(timeProblem(cell(ANCHOR)))
    else if (isImplausible(from.at)) problems.push('time_implausible')
    else if (from.at > context.nowMs + FORESEEN_MS) problems.push('time_future')
    const until = cell(UNTIL) === '' ? undefined : readTime(cell(UNTIL), context)
    if (cell(UNTIL) !== '' && !until) problems.push('until_invalid')
    if (from && until && until.at < from.at) problems.push('until_before')
    if (problems.length > 0 || divisionCode === undefined || !level || !from) return { ok: false, problems }
    const area = {
      divisionCode,
      name,
      level,
      ...(extent ? { extent } : {}),
      ...(until ? { until: until.at } : {}),
    }
    return { ok: true, row: { key: [divisionCode, name], at: from.at, area } }
  },

  check: async () => ({
    check: async (rows) =>
      rows.map(({ row }) => ({ ok: true, columns: { at: new Date(row.at), data: { ...row.area } } })),
  }),

  count: async (pool, { import_id: importId }, now) => {
    const moves = await computeAreaMoves(pool, importId, now)
    const unknownPlaces = await inTransaction(pool, (tx) => listUnplaced(tx, importId, now))
    return { moves, ...(unknownPlaces.length > 0 ? { unknownPlaces } : {}) }
  },

  // An area reaches everybody who was there, in whichever division, now and later.
  concernsRed: async () => true,

  weigh: async (_db, record) => {
    const { worse, better } = weighImpact(record)
    return { persons: worse, worse, better }
  },

  apply: async (tx, { record, now, report }) => {
    await eachRows(tx, record.import_id, report, async (rows) => {
      await putAreas(tx, toAreas(rows, now), now)
    })
    return undefined
  },
}
