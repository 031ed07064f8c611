import type { ShopNews } from '@jiankangbao/domain/vocabulary/doors'
import type { Transaction } from '../../../db/pool.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import { findAccountOf } from '../../people/account/holder.queries.ts'
import type { VenueRow } from './venue.queries.ts'

type Told = Pick<VenueRow, 'venue_id' | 'name' | 'owner_person_id'>

/** Tells a citizen what became of a shop; nobody where the person has no phone here. */
export const tellPersonOfShop = async (
  tx: Transaction,
  personId: string,
  venue: Pick<Told, 'venue_id' | 'name'>,
  news: ShopNews,
  at: Date,
): Promise<void> => {
  const accountId = await findAccountOf(tx, personId)
  if (accountId === undefined) return
  const details = { news, name: venue.name, venueId: String(venue.venue_id) }
  await writeNotice(tx, { accountId, kind: 'shop_moved', details, at })
}

/** Tells the owner, where a citizen runs it. */
export const tellShop = async (tx: Transaction, venue: Told, news: ShopNews, at: Date): Promise<void> => {
  if (venue.owner_person_id !== null) await tellPersonOfShop(tx, venue.owner_person_id, venue, news, at)
}
