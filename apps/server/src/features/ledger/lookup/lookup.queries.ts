import type { Transaction } from '../../../db/pool.ts'
import { countLookups } from './lookup-count.queries.ts'

// Look-ups: who looked at whom, when, by what and why. The person reads them.

/**
 * Part of a statement: look-ups at a door, in the statement that answers.
 * @param from gives person_id, looked_up_at, means, purpose, operator_id, device_id, organisation and point_id, in this order
 */
export const insertDoorLookups = (from: string): string =>
  `insert into lookups (person_id, looked_up_at, means, purpose, operator_id, device_id, organisation, point_id) ${from}`

export interface Lookup {
  personIds: string[]
  at: Date
  means: 'console_search' | 'console_view' | 'unmasking' | 'tracing'
  purpose: string
  operatorId: string
  /** That of the operator where it is not at hand. */
  organisation?: string
}

/** One look-up of each of the persons, by an operator at a desk; counted for the operator's day. */
export const insertLookups = async (tx: Transaction, lookup: Lookup): Promise<void> => {
  await tx.query(
    `insert into lookups (person_id, looked_up_at, means, purpose, operator_id, organisation)
     select person_id, $2::timestamptz, $3::text, $4::text, $5::bigint,
       coalesce($6::text, (select organisation from operators where operator_id = $5::bigint))
     from unnest($1::bigint[]) as p(person_id)`,
    [
      lookup.personIds,
      lookup.at,
      lookup.means,
      lookup.purpose,
      lookup.operatorId,
      lookup.organisation ?? null,
    ],
  )
  const persons = lookup.personIds.length
  if (persons === 0) return
  await countLookups(tx, {
    operatorId: lookup.operatorId,
    at: lookup.at,
    ...(persons === 1 ? { looked: 1 } : { listed: persons }),
  })
}

/** Somebody was named as a companion at a door: by whom (masked), and where. */
export const insertCompanionLookup = async (
  tx: Transaction,
  lookup: { personId: string; at: Date; purpose: string; by: string; pointId: number },
): Promise<void> => {
  await tx.query(
    `insert into lookups (person_id, looked_up_at, means, purpose, organisation, point_id)
     values ($1::bigint, $2::timestamptz, 'companion', $3::text, $4::text, $5::int)`,
    [lookup.personId, lookup.at, lookup.purpose, lookup.by, lookup.pointId],
  )
}
