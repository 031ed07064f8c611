import { divisionPrefix } from '@jiankangbao/domain/division'
import {
  addDays,
  DAY_MS,
  HOUR_MS,
  shanghaiDayOf,
  startOfShanghaiDay,
} from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { countJobStates } from '../system/system.service.ts'
import * as figures from './figures.queries.ts'
import * as pictures from './picture.queries.ts'
import { type Area, type Counted, composePicture } from './picture.ts'
import * as scans from './scans.queries.ts'

const MINUTE_MS = 60_000
/** Minutes before the last count that are counted again: a scan is in the database a moment after it was made. */
const AGAIN_MS = 2 * MINUTE_MS
/** What reads a row for everybody is read this often. */
const SLOW_MS = 5 * MINUTE_MS
/** After a night without jobs no more than this is made up for. */
const LONGEST_MS = DAY_MS + HOUR_MS

const wholeMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS

/** Whole minutes from one instant to another, cut at midnight. */
const partsOf = (fromMs: number, toMs: number): scans.DayPart[] => {
  const days: scans.DayPart[] = []
  for (let day = shanghaiDayOf(fromMs); startOfShanghaiDay(day) < toMs; day = addDays(day, 1)) {
    const midnight = startOfShanghaiDay(day)
    days.push({
      day,
      midnight: new Date(midnight),
      fromMinute: Math.max(0, fromMs - midnight) / MINUTE_MS,
      toMinute: Math.min(DAY_MS, toMs - midnight) / MINUTE_MS,
    })
  }
  return days
}

/** Counts the scans since the last count, and those of the two minutes before it once more. */
const countScans = async (tx: Transaction, now: Date): Promise<void> => {
  const mark = await scans.findLatestMark(tx)
  const latest = mark && mark.marked_at <= now ? mark.marked_at.getTime() : 0
  const fromMs = wholeMinute(Math.max(latest - AGAIN_MS, now.getTime() - LONGEST_MS))
  for (const part of partsOf(fromMs, wholeMinute(now.getTime()))) {
    const first = await scans.findFirstBlock(tx, part.day, new Date(fromMs - MINUTE_MS))
    const block = await scans.countScans(tx, part, first)
    // Of two days, cut at midnight, the later one is read on.
    if (part.day === shanghaiDayOf(now.getTime())) await scans.insertMark(tx, part.day, block, now)
  }
  await scans.purgeScans(tx, now)
}

const byArea = (rows: figures.FigureRow[]): Map<string, pictures.Slow['parts']> => {
  const areas = new Map<string, pictures.Slow['parts']>()
  for (const { area, part, figures: counted } of rows)
    areas.set(area, { ...areas.get(area), [part]: counted })
  return areas
}

const slowFigures = async (
  tx: Transaction,
  reading: Parts['reading'],
  cityCode: string,
  now: Date,
  midnight: Date,
) => {
  const before = await pictures.listSlow(tx)
  const last = before.get(cityCode)?.at
  if (last && last <= now && now.getTime() - last.getTime() < SLOW_MS) return { slow: before, isNew: false }
  const counted = byArea(await reading.run((db) => figures.countSlowFigures(db, cityCode, now, midnight)))
  return {
    slow: new Map([...counted].map(([area, parts]) => [area, { at: now, parts }])),
    isNew: true,
  }
}

/** Whom the charts of an area show day by day: a city by colour, a district those it looks after. */
export const peopleOf = (area: Area, parts: pictures.Slow['parts']): Record<string, number> => {
  const from = area.level === 'city' ? parts.people : parts.followUps
  const names =
    area.level === 'city' ? ['green', 'yellow', 'red', 'none'] : ['isolated', 'monitored', 'unseen48', 'lost']
  return Object.fromEntries(names.map((name) => [name, Number(from?.[name] ?? 0)]))
}

const countAll = async (
  tx: Transaction,
  { config, clock, reading }: Pick<Parts, 'config' | 'clock' | 'reading'>,
): Promise<void> => {
  if (!(await pictures.holdBoard(tx))) return
  const now = clock()
  const cityCode = config.city.divisionCode
  const before = await pictures.findCountedAt(tx, cityCode)
  // Another process has just counted.
  if (before && before <= now && now.getTime() - before.getTime() < MINUTE_MS / 2) return
  await countScans(tx, now)
  const today = shanghaiDayOf(now.getTime())
  const midnight = new Date(startOfShanghaiDay(today))
  const until = new Date(wholeMinute(now.getTime()))
  const fast = byArea(await reading.run((db) => figures.countFigures(db, cityCode, now, midnight)))
  const { slow, isNew } = await slowFigures(tx, reading, cityCode, now, midnight)
  const places = await figures.listPlaces(tx, divisionPrefix(cityCode), now)
  const areas: Area[] = [
    { code: cityCode, name: config.city.nameZh, nameEn: config.city.nameEn, level: 'city' },
    ...places.flatMap(({ code, name, name_en, level }) =>
      level === 'district' ? [{ code, name, nameEn: name_en, level }] : [],
    ),
  ]
  if (isNew)
    for (const area of areas)
      await pictures.upsertDay(tx, area.code, today, peopleOf(area, slow.get(area.code)?.parts ?? {}))
  const counted: Counted = {
    now,
    midnight,
    places,
    splits: await scans.listSplits(tx, cityCode, midnight, until),
    slots: await scans.listSlots(tx, cityCode, new Date(midnight.getTime() - DAY_MS), until),
    days: await pictures.listDays(tx, addDays(today, -29)),
    sources: await figures.listSources(tx, now),
    round: await figures.findRound(tx, now),
    jobs: await countJobStates(tx, config, now),
    system: fast.get(cityCode)?.system ?? {},
  }
  for (const area of areas) {
    const kept = slow.get(area.code) ?? { at: slow.get(cityCode)?.at ?? now, parts: {} }
    const parts = { ...kept.parts, ...fast.get(area.code) }
    await pictures.upsertPicture(tx, composePicture(area, parts, kept.at, counted), kept)
  }
  await pictures.purgeDays(tx, now)
}

/** Counts what the boards show; once a minute over all processes. */
export const countBoard = ({
  pool,
  reading,
  config,
  clock,
}: Pick<Parts, 'pool' | 'reading' | 'config' | 'clock'>): Promise<void> =>
  inTransaction(pool, (tx) => countAll(tx, { config, clock, reading }))
