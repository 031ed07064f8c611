import { COLOUR_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { LaboratoryAction } from '@jiankangbao/domain/vocabulary/inflow'
import type { Transaction } from '../../../db/pool.ts'
import { endFloors, setFloors } from '../../colours/facts/floors.queries.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import * as queries from './held-push.queries.ts'

/** What waits under these numbers of a laboratory. */
export const { listWaitingNumbers } = queries

/** A laboratory says something else under numbers that wait: what waited is void, and nobody's colour hangs on it any more. */
export const supersedeWaiting = async (
  tx: Transaction,
  partnerId: string,
  numbers: string[],
  at: Date,
): Promise<Map<string, LaboratoryAction>> => {
  const superseded = await queries.supersedeRows(tx, partnerId, numbers)
  for (const heldPushId of new Set(superseded.map((row) => row.heldPushId))) {
    const documents = superseded.filter((row) => row.heldPushId === heldPushId)
    const freed = await queries.listFreed(
      tx,
      heldPushId,
      documents.flatMap(({ documentIndexes }) => documentIndexes),
    )
    const persons = [...(await queries.findPersons(tx, freed)).values()]
    const free = await endFloors(tx, heldPushId, persons)
    if (free.length > 0) await markDirty(tx, free, 'test')
    await queries.endEmptyPush(tx, heldPushId, at)
  }
  return new Map(superseded.map(({ number, action }) => [number, action]))
}

/** Somebody registers whom something that waits is about: unknown is never green. */
export const holdNewcomer = async (
  tx: Transaction,
  personId: string,
  documentIndexes: Buffer[],
  at: Date,
): Promise<void> => {
  for (const heldPushId of await queries.listPushesOf(tx, documentIndexes))
    await setFloors(tx, heldPushId, [{ personId, colour: COLOUR_NUMBERS.none }], at)
}
