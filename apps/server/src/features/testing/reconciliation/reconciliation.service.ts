import type { MissingTube, TubeDay } from '@jiankangbao/contracts/reconciliation/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { ARRIVES_WITHIN_MS, findGaps } from '@jiankangbao/domain/testing/reconciliation'
import { addDays, HOUR_MS, shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import * as queries from './reconciliation.queries.ts'

const DAYS_SHOWN = 7

const NOTHING = {
  sealed: 0,
  handedOver: 0,
  received: 0,
  resulted: 0,
  held: 0,
  peopleSealed: 0,
  peopleHere: 0,
  peopleResulted: 0,
  peopleTold: 0,
}

const toMissing = (row: queries.MissingRow): MissingTube => ({
  barcode: row.barcode,
  state: row.handed_over_at ? 'handed_over' : row.box_id ? 'boxed' : 'sealed',
  people: row.sealed_count,
  sealedAt: row.sealed_at.toISOString(),
  siteName: row.site_name,
  divisionName: row.division_name,
  ...(row.box_barcode === null ? {} : { boxBarcode: row.box_barcode }),
  ...(row.carrier === null ? {} : { carrier: row.carrier }),
  ...(row.laboratory === null ? {} : { laboratory: row.laboratory }),
  ...(row.handed_over_at ? { handedOverAt: row.handed_over_at.toISOString() } : {}),
})

/** Whether site, carrier, laboratory and results count the same, day by day, for the sites of a division. */
export const createReconciliationService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const firstDay = (): string => addDays(shanghaiDayOf(clock().getTime()), 1 - DAYS_SHOWN)

  return {
    listTubeDays: async (caller: OperatorCaller) => {
      const first = firstDay()
      const since = new Date(startOfShanghaiDay(first))
      const rows = await queries.listDays(pool, divisionPrefix(caller.divisionCode), since)
      const byDay = new Map(rows.map((row) => [row.onDate, row]))
      const days = Array.from({ length: DAYS_SHOWN }, (_, back): TubeDay => {
        const onDate = addDays(first, DAYS_SHOWN - 1 - back)
        const row = byDay.get(onDate) ?? { ...NOTHING, onDate }
        return { ...row, gaps: findGaps(row) }
      })
      return { days, serverTime: clock().toISOString() }
    },

    listMissingTubes: async (caller: OperatorCaller) => {
      const now = clock().getTime()
      const range = {
        since: new Date(startOfShanghaiDay(firstDay())),
        before: new Date(now - ARRIVES_WITHIN_MS),
      }
      const rows = await queries.listMissing(pool, divisionPrefix(caller.divisionCode), range)
      return {
        tubes: rows.map(toMissing),
        hours: ARRIVES_WITHIN_MS / HOUR_MS,
        serverTime: new Date(now).toISOString(),
      }
    },
  }
}

export type ReconciliationService = ReturnType<typeof createReconciliationService>
