import { colourToNumber } from '@jiankangbao/domain/decision/coding'
import type { Colour } from '@jiankangbao/domain/status/colour'
import { findFlood, isTurnedWorse } from '@jiankangbao/domain/status/flood'
import type { FloodLimit, PushKind } from '@jiankangbao/domain/vocabulary/inflow'
import type { Transaction } from '../../../db/pool.ts'
import type { PartnerCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { setFloors } from '../../colours/facts/floors.queries.ts'
import { listColours } from '../../colours/status/status.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { countWorsened, noteWorsened } from '../partner/worsened.queries.ts'
import * as queries from './held-push.queries.ts'

// A key that leaked, or a laboratory's mistake, must not recolour a district alone. A push is taken on trial, in a savepoint:
// whoever turned red or yellow is counted against the limits of its partner. Beyond them it is rolled back; the rows about
// these people wait for headquarters, the others are taken.
//   held ─ headquarters ─► released | refused
//        └ the partner says something else of every row ─► withdrawn

const HOUR_MS = 3600_000

export type FloodParts = Pick<Parts, 'config'>

type Described = queries.WaitingRow & { isBad: boolean }

export interface Push<Row, Taken> {
  caller: PartnerCaller
  batchId: string
  kind: PushKind
  rows: Row[]
  /** What would wait of a row; `isBad` where it says red, yellow or positive, `isSafe` where it can turn nobody worse. */
  describe: (row: Row) => Described & { isSafe: boolean }
  /** May be called twice: what it did the first time is rolled back. */
  take: (rows: Row[]) => Promise<Taken>
}

interface Effect {
  /** Persons who turned red or yellow, with the colour that they had. */
  worse: Map<string, { from: number; to: 'red' | 'yellow' }>
  /** Documents in bad rows of people who are not registered. */
  newcomers: Set<string>
}

const findConcerned = async (tx: Transaction, partnerId: string, rows: queries.WaitingRow[]) => {
  const byDocument = await queries.findPersons(
    tx,
    rows.flatMap((row) => row.documentIndexes),
  )
  const ofNumbers = await queries.findPersonsOfNumbers(
    tx,
    partnerId,
    rows.flatMap((row) => row.number ?? []),
  )
  const byNumber = new Map<string, string[]>()
  for (const { number, personId } of ofNumbers)
    byNumber.set(number, [...(byNumber.get(number) ?? []), personId])
  const personsOf = (row: queries.WaitingRow): string[] => [
    ...row.documentIndexes.flatMap((index) => byDocument.get(index.toString('hex')) ?? []),
    ...(byNumber.get(row.number ?? '') ?? []),
  ]
  const isKnown = (index: Buffer): boolean => byDocument.has(index.toString('hex'))
  return { personIds: [...new Set(rows.flatMap(personsOf))], personsOf, isKnown }
}

const findWorse = (before: Map<string, Colour>, after: Map<string, Colour>): Effect['worse'] => {
  const worse: Effect['worse'] = new Map()
  for (const [personId, from] of before) {
    const to = after.get(personId) ?? 'none'
    if (isTurnedWorse(from, to))
      worse.set(personId, { from: colourToNumber(from), to: to === 'red' ? 'red' : 'yellow' })
  }
  return worse
}

const findNewcomers = (rows: Described[], isKnown: (index: Buffer) => boolean): Effect['newcomers'] =>
  new Set(
    rows
      .filter(({ isBad }) => isBad)
      .flatMap(({ documentIndexes }) => documentIndexes)
      .filter((index) => !isKnown(index))
      .map((index) => index.toString('hex')),
  )

const hold = async <Row, Taken>(
  { config }: FloodParts,
  tx: Transaction,
  push: Push<Row, Taken>,
  heldFor: FloodLimit,
  { worse, newcomers, rows }: Effect & { rows: queries.WaitingRow[] },
  at: Date,
): Promise<void> => {
  const { caller, batchId, kind } = push
  const red = [...worse.values()].filter(({ to }) => to === 'red').length
  const counts = { red, yellow: worse.size - red, unregistered: newcomers.size }
  const { partnerId } = caller
  const heldPushId = await queries.insertHeldPush(
    tx,
    { partnerId, batchId, kind, heldFor, ...counts, at },
    rows,
  )
  await setFloors(
    tx,
    heldPushId,
    [...worse].map(([personId, { from }]) => ({ personId, colour: from })),
    at,
  )
  await writeAudit(tx, {
    actor: caller,
    action: 'partner_push.held',
    objectKind: 'held_push',
    objectId: heldPushId,
    details: { kind, heldFor, rows: rows.length, ...counts },
  })
  await raiseIncident(tx, {
    kind: 'partner_flood',
    subject: `partner:${partnerId}`,
    divisionCode: config.city.divisionCode,
    details: { partner: caller.name, count: worse.size + newcomers.size },
    at,
  })
}

/**
 * Takes a push, but for what would turn more people red or yellow than the limits of its partner allow.
 * @returns what was taken, and how many rows wait
 */
export const takeWithinLimits = async <Row, Taken>(
  parts: FloodParts,
  tx: Transaction,
  push: Push<Row, Taken>,
  at: Date,
): Promise<{ taken: Taken; held: number }> => {
  const { partnerId } = push.caller
  const described = push.rows.map((row) => ({ row, ...push.describe(row) }))
  const suspects = described.filter(({ isSafe }) => !isSafe)
  if (suspects.length === 0) return { taken: await push.take(push.rows), held: 0 }
  await queries.lockPartner(tx, partnerId)
  const { personIds, personsOf, isKnown } = await findConcerned(tx, partnerId, suspects)
  const before = await listColours(tx, personIds, at)
  await tx.query('savepoint trial')
  const taken = await push.take(push.rows)
  const worse = findWorse(before, await listColours(tx, personIds, at))
  const newcomers = findNewcomers(suspects, isKnown)
  const count = worse.size + newcomers.size
  const flood = findFlood(
    count,
    {
      hour: await countWorsened(tx, partnerId, new Date(at.getTime() - HOUR_MS)),
      day: await countWorsened(tx, partnerId, new Date(at.getTime() - 24 * HOUR_MS)),
    },
    parts.config.floods,
  )
  if (flood === undefined) {
    await tx.query('release savepoint trial')
    if (count > 0) await noteWorsened(tx, partnerId, push.batchId, count)
    return { taken, held: 0 }
  }
  await tx.query('rollback to savepoint trial')
  const isHeld = (each: (typeof suspects)[number]): boolean =>
    personsOf(each).some((personId) => worse.has(personId)) ||
    (each.isBad && each.documentIndexes.some((index) => newcomers.has(index.toString('hex'))))
  const waiting = new Set(suspects.filter(isHeld).map(({ row }) => row))
  const rows = suspects.filter(({ row }) => waiting.has(row))
  await hold(parts, tx, push, flood, { worse, newcomers, rows }, at)
  return {
    taken: await push.take(push.rows.filter((row) => !waiting.has(row))),
    held: rows.length,
  }
}
