import type { LookupDaysOfOperator } from '@jiankangbao/contracts/lookup/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { listLookupDays } from './lookup-count.queries.ts'

const DAY_MS = 86_400_000
const SHOWN_DAYS = 28
const MOST_DAYS = 92

/** What the auditor and headquarters see of the look-ups of operators: figures, never whom. */
export const createLookupDaysService = ({ reading, clock }: Pick<Parts, 'reading' | 'clock'>) => ({
  listLookupDays: async (
    { divisionCode }: OperatorCaller,
    query: Call<'listLookupDays'>['query'],
  ): Promise<Call<'listLookupDays'>['result']> => {
    const to = query.to ?? shanghaiDayOf(clock().getTime())
    const toMs = Date.parse(`${to}T00:00:00Z`)
    const from = query.from ?? new Date(toMs - (SHOWN_DAYS - 1) * DAY_MS).toISOString().slice(0, 10)
    const days = (toMs - Date.parse(`${from}T00:00:00Z`)) / DAY_MS
    if (days < 0) throw fieldError('to', 'too_small')
    if (days > MOST_DAYS) throw fieldError('from', 'too_small')
    const asked = { divisionPrefix: divisionPrefix(divisionCode), fromOn: from, toOn: to }
    const rows = await reading.run((db) => listLookupDays(db, asked))
    const operators = new Map<string, LookupDaysOfOperator>()
    for (const row of rows) {
      const of = operators.get(row.operator_id) ?? {
        operatorId: row.operator_id,
        name: row.display_name,
        organisation: row.organisation,
        days: [],
      }
      of.days.push({
        on: row.on_day,
        looked: row.looked,
        missed: row.missed,
        outside: row.outside,
        listed: row.listed,
        usualUpTo: row.most_usual,
      })
      operators.set(row.operator_id, of)
    }
    return { from, to, operators: [...operators.values()] }
  },
})

export type LookupDaysService = ReturnType<typeof createLookupDaysService>
