import { ARRIVES_WITHIN_MS } from '@jiankangbao/domain/testing/reconciliation'
import { inTransaction } from '../../../db/pool.ts'
import type { Parts } from '../../../parts.ts'
import { raiseIncident } from '../../ledger/incident/incident.ts'
import { markMissing } from './missing-tubes.queries.ts'

/** Raises an alarm for each site whose tubes have not arrived hours after they were sealed; each tube is told once. */
export const watchTubes = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  inTransaction(pool, async (tx) => {
    const at = clock()
    const sites = await markMissing(tx, at, new Date(at.getTime() - ARRIVES_WITHIN_MS))
    for (const site of sites)
      await raiseIncident(tx, {
        kind: 'tube_missing',
        subject: `site ${site.site_id}`,
        divisionCode: site.division_code,
        details: { site: site.name, count: site.count, barcode: site.barcode },
        at,
      })
    return sites.length
  })
