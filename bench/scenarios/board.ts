import { setTimeout as sleep } from 'node:timers/promises'
import { createPool } from '../../apps/server/src/db/pool.ts'
import { ofPrimary } from '../../apps/server/src/db/reading.ts'
import { countBoard } from '../../apps/server/src/features/office/board/count-board.ts'
import type { Parts } from '../../apps/server/src/parts.ts'
import { type Line, line } from '../lines.ts'
import type { Stage } from '../stage.ts'
import type { RunningServer } from '../system.ts'
import { SCANS } from './hot-path.ts'
import { type Measured, measure } from './measure.ts'
import { signInOffice } from './operator-session.ts'

interface Window {
  perSecond: number
  /** Of server and database for a scan, microseconds. */
  cpuMicros: number
}

export interface BoardFigures {
  boards: number
  /** Windows without boards and without counting, and with both, by turns. */
  pairs: { alone: Window; beside: Window }[]
  windowSeconds: number
  /** Seconds that each count took beside the scans, and rows of visits that it found in the table. */
  counts: number[]
  visits: number
  /** Answers that the boards got, and how often they were refused because the processes were full. */
  looked: number
  refused: number
}

const BOARDS = 20
/** As the page asks. */
const EVERY_MS = 15_000
const PAIRS = 8
const CONNECTIONS = 512
/** One count falls into each window: four times as often as in a city. Two windows are longer than the job lets pass between two. */
const WINDOW_SECONDS = 16

const toWindow = ({ perSecond, cpuMicros }: Measured): Window => ({
  perSecond,
  cpuMicros: cpuMicros.server + cpuMicros.database,
})

/** Twenty walls, one after the other in each quarter of a minute. @returns how to end them, and how many answers they got */
const openBoards = (server: RunningServer, cookies: string[]) => {
  let isOver = false
  let looked = 0
  let refused = 0
  const walls = cookies.map(async (cookie, at) => {
    await sleep((at * EVERY_MS) / cookies.length)
    while (!isOver) {
      const answer = await fetch(`${server.origin}/api/v1/operator/board`, { headers: { cookie } })
      await answer.arrayBuffer()
      // Scans come first: the page asks again in a quarter of a minute and says how old it is.
      if (answer.status === 503) refused += 1
      else if (answer.ok) looked += 1
      else throw new Error(`the board answered ${answer.status}`)
      await sleep(EVERY_MS)
    }
  })
  // Nobody waits for the last quarter of a minute.
  Promise.all(walls).catch((error: unknown) => {
    throw error
  })
  return () => {
    isOver = true
    return { looked, refused }
  }
}

/** Scans at saturation without and with twenty boards open and their figures counted, in short windows by turns. */
export const runBoard = async (stage: Stage): Promise<BoardFigures> => {
  await stage.clear()
  await stage.admin.query('truncate board_marks, board_scans, board_days, board_pictures')
  const { rows } = await stage.admin.query<{ code: string; name: string; name_en: string }>(
    `select code, name, name_en from divisions where level = 'city'`,
  )
  const [city] = rows
  if (!city) throw new Error('a city without a division')
  const pool = createPool(stage.database.appUrl, 2, 'bench-board')
  const config = {
    city: { divisionCode: city.code, nameZh: city.name, nameEn: city.name_en },
    colourTextsPerMinute: 0,
    announcementTexts: { perMinute: 0 },
  } as Parts['config']
  const counts: number[] = []
  const count = async (): Promise<void> => {
    const from = performance.now()
    await countBoard({ pool, reading: ofPrimary(pool), config, clock: () => new Date() })
    counts.push((performance.now() - from) / 1000)
  }
  const cookies = await Promise.all(Array.from({ length: BOARDS }, () => signInOffice(stage, city.code)))
  try {
    return await stage.withServer({}, async (server) => {
      const scan = async (): Promise<Measured> => {
        await stage.refreshRequests({ persons: 40_000, checks: false })
        return measure(stage, server, { connections: CONNECTIONS, weights: SCANS, seconds: WINDOW_SECONDS })
      }
      const answers = { looked: 0, refused: 0 }
      const scanBeside = async (): Promise<Measured> => {
        const close = openBoards(server, cookies)
        const [measured] = await Promise.all([scan(), sleep((WINDOW_SECONDS * 1000) / 2).then(count)])
        const { looked, refused } = close()
        answers.looked += looked
        answers.refused += refused
        return measured
      }
      await scan()
      await count()
      const pairs: BoardFigures['pairs'] = []
      for (let at = 0; at < PAIRS; at += 1) {
        const first = toWindow(at % 2 === 0 ? await scan() : await scanBeside())
        const second = toWindow(at % 2 === 0 ? await scanBeside() : await scan())
        pairs.push(at % 2 === 0 ? { alone: first, beside: second } : { alone: second, beside: first })
      }
      const { rows: kept } = await stage.admin.query<{ visits: number }>(
        'select count(*)::int as visits from visits',
      )
      const visits = kept[0]?.visits ?? 0
      return {
        boards: BOARDS,
        pairs,
        windowSeconds: WINDOW_SECONDS,
        counts: counts.slice(1),
        visits,
        ...answers,
      }
    })
  } finally {
    await pool.end()
  }
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Lines of the table of results. */
export const toBoardLines = (figures: BoardFigures | undefined): Line[] => {
  if (!figures) return []
  const { boards, pairs, counts, visits, windowSeconds, looked, refused } = figures
  const of = (side: 'alone' | 'beside', what: keyof Window) => mean(pairs.map((pair) => pair[side][what]))
  const ratio = of('beside', 'perSecond') / of('alone', 'perSecond')
  const cost = of('beside', 'cpuMicros') / of('alone', 'cpuMicros')
  const each = pairs.map(({ alone, beside }) => (beside.perSecond / alone.perSecond).toFixed(2)).sort()
  return [
    line(
      `scans with ${boards} boards open and one count every ${windowSeconds} s, four times as often as in a city`,
      `${Math.round(of('beside', 'perSecond')).toLocaleString('en')}/s of ${Math.round(of('alone', 'perSecond')).toLocaleString('en')}/s; pairs ${each[0]} to ${each.at(-1)}; ${looked} looks answered, ${refused} refused as busy`,
      '≥ 0.98 of them alone',
      ratio,
      ratio >= 0.98,
    ),
    line(
      'processor time of a scan meanwhile, server and database',
      `${of('beside', 'cpuMicros').toFixed(1)} of ${of('alone', 'cpuMicros').toFixed(1)} µs`,
      '≤ 1.02',
      cost,
      cost <= 1.02,
    ),
    line(
      `one count for all boards, ${visits.toLocaleString('en')} visits in the day's table`,
      `mean ${mean(counts).toFixed(2)} s, longest ${Math.max(...counts).toFixed(2)} s, beside scans at saturation`,
      'once a minute',
    ),
  ]
}
