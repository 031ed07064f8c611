import { BOARD_STEPS, type Board } from '@jiankangbao/contracts/board/schemas'
import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import type { PlaceRow, SourceRow } from './figures.queries.ts'
import type { DayRow, Slow } from './picture.queries.ts'
import type { SlotRow, SplitRow } from './scans.queries.ts'

const MINUTE_MS = 60_000

export type Area = Board['area']
type Part = Slow['parts'][string]

/** What was counted for all areas at once. */
export interface Counted {
  now: Date
  midnight: Date
  places: PlaceRow[]
  splits: SplitRow[]
  slots: SlotRow[]
  days: DayRow[]
  sources: SourceRow[]
  round: { round_id: string; name: string; state: 'begun' | 'closed' } | undefined
  jobs: Record<string, number>
  system: Part
}

const numbers = (part: Part | undefined): Record<string, number> =>
  Object.fromEntries(
    Object.entries(part ?? {}).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  )

const NONE = { scans: 0, yellow: 0, red: 0 }
const doorsOf = (row: SplitRow | undefined) =>
  row ? { scans: row.scans, yellow: row.yellow, red: row.red } : NONE

const sumDoors = (rows: SplitRow[]) =>
  rows.reduce(
    (sum, row) => ({
      scans: sum.scans + row.scans,
      yellow: sum.yellow + row.yellow,
      red: sum.red + row.red,
    }),
    NONE,
  )

const tilesOf = (area: Area, { places, splits }: Counted): Board['tiles'] =>
  places
    .filter(({ code, level }) =>
      area.level === 'city' ? level === 'district' : level === 'street' && code.startsWith(area.code),
    )
    .map(({ code, name, name_en, level, looked_after, unseen48 }) => ({
      code,
      name,
      nameEn: name_en,
      ...(level === 'district'
        ? { doors: sumDoors(splits.filter((row) => row.area === code && row.by === 'kind')) }
        : {}),
      lookedAfter: looked_after,
      unseen48,
    }))

const slotsOf = (area: Area, slots: SlotRow[], startMs: number): Board['today'] =>
  slots
    .filter((row) => row.area === area.code)
    .map(({ slot_at, scans }) => ({ minute: (slot_at.getTime() - startMs) / MINUTE_MS, scans }))
    .filter(({ minute }) => minute >= 0 && minute < DAY_MS / MINUTE_MS)

const stepsOf = (parts: Slow['parts']): Board['steps'] =>
  BOARD_STEPS.map((step) => {
    const counted = numbers(parts[step])
    const { of = 0, done = 0, within24 = 0, of24 = 0, within48 = 0, of48 = 0, medianHours } = counted
    return {
      ...{ step, of, done, within24, of24, within48, of48 },
      ...(medianHours === undefined ? {} : { medianHours }),
    }
  })

const roundOf = (counted: Part | undefined, round: Counted['round']): Pick<Board, 'round'> => {
  const { expected = 0, sampled = 0, exempt = 0 } = numbers(counted)
  return round && expected > 0
    ? {
        round: {
          ...{ roundId: round.round_id, name: round.name, state: round.state },
          ...{ expected, sampled, exempt },
        },
      }
    : {}
}

/** The whole picture of one area. What is known of the city alone is left out of a district's. */
export const composePicture = (area: Area, parts: Slow['parts'], slowAt: Date, counted: Counted): Board => {
  const { now, midnight, splits, slots, days, sources, jobs, system } = counted
  const own = splits.filter((row) => row.area === area.code)
  const kinds = own.filter(({ by }) => by === 'kind')
  const yesterday = own.find(({ by }) => by === 'minute_yesterday')
  const { oldestAt } = parts.proposals ?? {}
  const history = days.filter((row) => row.area_code === area.code)
  const { waiting = 0 } = numbers(system)
  return {
    area,
    countedAt: now.toISOString(),
    slowlyCountedAt: slowAt.toISOString(),
    people: history.at(-1)?.people ?? {},
    days: history.map(({ day, people }) => ({ day, people })),
    lastMinute: doorsOf(own.find(({ by }) => by === 'minute')),
    ...(yesterday ? { minuteYesterday: yesterday.scans } : {}),
    todayAtDoors: sumDoors(kinds),
    today: slotsOf(area, slots, midnight.getTime()),
    yesterday: slotsOf(area, slots, midnight.getTime() - DAY_MS),
    kinds: kinds
      .map((row) => ({ kind: row.name, ...doorsOf(row) }))
      .sort((a, b) => b.scans - a.scans || a.kind.localeCompare(b.kind)),
    tiles: tilesOf(area, counted),
    steps: stepsOf(parts),
    ...roundOf(parts.round, counted.round),
    figures: {
      cases: numbers(parts.cases),
      contacts: numbers(parts.contacts),
      followUps: numbers(parts.followUps),
      entries: numbers(parts.entries),
      tests: {
        ...numbers(parts.tests),
        ...(area.level === 'city' ? { positives: numbers(parts.positives).today ?? 0 } : {}),
      },
      alarms: {
        doors: numbers(parts.door_alarms).open ?? 0,
        doorsToday: numbers(parts.door_alarms).today ?? 0,
        incidents: numbers(parts.incidents).open ?? 0,
        proposals: numbers(parts.proposal_alarms).open ?? 0,
      },
      proposals: numbers(parts.proposals),
      imports: numbers(parts.imports),
      system: { ...jobs, waiting },
    },
    ...(typeof oldestAt === 'string' ? { oldestProposalAt: new Date(oldestAt).toISOString() } : {}),
    sources: sources.map(({ name, kind, as_of }) => ({
      name,
      kind,
      ...(as_of ? { asOf: as_of.toISOString() } : {}),
    })),
  }
}
