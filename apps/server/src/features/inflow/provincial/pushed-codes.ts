import { COLOUR_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { Transaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import type { WaitingRow } from '../held-push/held-push.queries.ts'
import type { TakeReleased } from '../held-push/held-push.service.ts'
import { takeObservations } from './observations.ts'
import * as queries from './provincial.queries.ts'
import type { PushedCode } from './read-batch.ts'

type Actor = Parameters<typeof takeObservations>[1]

/** Takes codes of people who are here. @returns the persons whose code was newer than what was known */
export const takeCodes = async (
  tx: Transaction,
  actor: Actor,
  codes: PushedCode[],
  now: Date,
  refreshMs: number,
): Promise<string[]> => {
  const persons = await queries.findPersonsByIndex(
    tx,
    codes.map((code) => code.documentIndex),
  )
  const known = codes.flatMap(({ documentIndex, colour, observedAt }) => {
    const personId = persons.get(documentIndex.toString('hex'))
    return personId ? [{ personId, colour, observedAt }] : []
  })
  return takeObservations(tx, actor, known, now, new Date(now.getTime() + refreshMs))
}

/** How a flood sees a code. Codes of people who are not registered are dropped anyway: nobody is a newcomer by one. */
export const describeCode = (code: PushedCode): WaitingRow & { isBad: boolean; isSafe: boolean } => ({
  number: null,
  content: { colour: code.colour, observedAt: code.observedAt.toISOString() },
  documentIndexes: [code.documentIndex],
  isBad: false,
  isSafe: code.colour === COLOUR_NUMBERS.green,
})

/** Takes codes that headquarters released; what the province said later stays. */
export const createReleasedCodes =
  ({ config }: Pick<Parts, 'config'>): TakeReleased =>
  async (tx, caller, _province, waiting, now) => {
    const codes = waiting.flatMap(({ content, documentIndexes: [documentIndex] }) =>
      documentIndex && content.colour !== undefined && content.observedAt
        ? [{ documentIndex, colour: content.colour, observedAt: new Date(content.observedAt) }]
        : [],
    )
    await takeCodes(tx, caller, codes, now, config.upstream.provincialRefreshHours * 3600_000)
  }
