import { numberToColour } from '@jiankangbao/domain/decision/coding'
import type pg from 'pg'
import type { ColourHistory, LedgerEntry, RecordedVisit } from './ledger.ts'

/** What the database holds for the requests of the ledger. */
export const readRecorded = async (
  admin: pg.Pool,
  ledger: readonly LedgerEntry[],
): Promise<RecordedVisit[]> => {
  const { rows } = await admin.query<{ id: string; count: number; answer: number | null }>(
    `select l.id, count(v.person_id)::int as count, min(v.answer & 3)::int as answer
     from unnest($1::uuid[], $2::bigint[]) as l(id, person_id)
     left join visits v on v.person_id = l.person_id and v.request_key = request_key(l.id)
     group by l.id`,
    [ledger.map((entry) => entry.requestId), ledger.map((entry) => entry.personId)],
  )
  return rows.map(({ id, count, answer }) => ({
    requestId: id,
    count,
    colour: count === 0 ? undefined : numberToColour(answer),
  }))
}

/** All visits there are: none may be of a request that nobody sent. */
export const countRecorded = async (admin: pg.Pool): Promise<number> =>
  (await admin.query<{ n: number }>('select count(*)::int as n from visits')).rows[0]?.n ?? 0

/**
 * The colours of the persons of the ledger, each from the moment others could see it: that of the commit
 * (`track_commit_timestamp`), which under load comes long after the evaluation. Those of the city were there before.
 */
export const readHistory = async (admin: pg.Pool, ledger: readonly LedgerEntry[]): Promise<ColourHistory> => {
  const { rows } = await admin.query<{ person_id: string; at: number; colour: number }>(
    `select person_id, coalesce(date_part('epoch', pg_xact_commit_timestamp(xmin)), 0) * 1000 as at, to_colour as colour from status_changes
     where person_id = any($1::bigint[]) order by change_id`,
    [[...new Set(ledger.map((entry) => entry.personId))]],
  )
  const history: ColourHistory = new Map()
  for (const row of rows) {
    const change = { at: row.at, colour: numberToColour(row.colour) }
    const known = history.get(row.person_id)
    if (known) known.push(change)
    else history.set(row.person_id, [change])
  }
  return history
}
