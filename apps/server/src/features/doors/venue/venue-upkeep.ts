import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'
import type { Parts } from '../../../parts.ts'
import { listClearLicences, setLicences } from './venue.queries.ts'
import { encryptLicence } from './venue-fields.ts'

/** Numbers that something was offered to: as long as somebody may ask who offered. */
const OFFER_DAYS = 90

const OLD_OFFERS = `delete from venue_offers where offer_id in (
  select offer_id from venue_offers where offered_at < $1::timestamptz - interval '${OFFER_DAYS} days' limit $2::int)`

export const purgeVenueOffers = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, OLD_OFFERS, clock())
}

export const venueRetention: RetentionOf = () => ({
  venue_offers: often(OFFER_DAYS * 24 * HOUR_MS, before('venue_offers', 'offered_at')),
})

const BATCH = 500

/** Licence numbers that were written before they were encrypted. */
export const encryptLicences = async ({
  pool,
  encryption,
}: Pick<Parts, 'pool' | 'encryption'>): Promise<void> => {
  for (let found = BATCH; found === BATCH; )
    found = await inTransaction(pool, async (tx) => {
      const rows = await listClearLicences(tx, BATCH)
      await setLicences(
        tx,
        rows.map(({ venue_id, credit_code }) => ({
          venueId: venue_id,
          ...encryptLicence(encryption, credit_code, venue_id),
        })),
      )
      return rows.length
    })
}
