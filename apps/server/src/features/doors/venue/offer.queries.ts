import type { ShopOfferKind } from '@jiankangbao/domain/vocabulary/doors'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface OfferRow {
  offer_id: string
  venue_id: number
  kind: ShopOfferKind
  phone_encrypted: Buffer
  offered_by_person: string | null
  offered_by: string | null
  offered_at: Date
  expires_at: Date
  state: 'open' | 'accepted' | 'declined' | 'withdrawn'
}

export interface NewOffer {
  offerId: string
  venueId: number
  kind: ShopOfferKind
  phoneEncrypted: Buffer
  phoneIndex: Buffer
  byPerson: string | null
  byOperator: string | null
  at: Date
  expiresAt: Date
}

const OFFER = `select o.offer_id, o.venue_id, o.kind, o.phone_encrypted, o.offered_by_person, o.offered_by, o.offered_at,
  o.expires_at, o.state from venue_offers o`

/** False where the request was made before. */
export const insertOffer = async (tx: Transaction, offer: NewOffer): Promise<boolean> =>
  ((
    await tx.query(
      `insert into venue_offers (offer_id, venue_id, kind, phone_encrypted, phone_index, offered_by_person, offered_by,
         offered_at, expires_at)
       values ($1::uuid, $2::int, $3::text, $4::bytea, $5::bytea, $6::bigint, $7::bigint, $8::timestamptz, $9::timestamptz)
       on conflict (offer_id) do nothing`,
      [
        offer.offerId,
        offer.venueId,
        offer.kind,
        offer.phoneEncrypted,
        offer.phoneIndex,
        offer.byPerson,
        offer.byOperator,
        offer.at,
        offer.expiresAt,
      ],
    )
  ).rowCount ?? 0) > 0

/** Ends what stands open of the kind: to everybody, or to one number only. */
export const endOffers = async (
  tx: Transaction,
  venueId: number,
  at: Date,
  which: { kind: ShopOfferKind; phoneIndex: Buffer | null } | null,
): Promise<void> => {
  await tx.query(
    `update venue_offers set state = 'withdrawn', answered_at = $2::timestamptz
     where venue_id = $1::int and state = 'open' and ($3::text is null or kind = $3::text)
       and ($4::bytea is null or phone_index = $4::bytea)`,
    [venueId, at, which?.kind ?? null, which?.phoneIndex ?? null],
  )
}

export const findOffer = async (
  db: Queryable,
  offerId: string,
  venueId: string | number,
): Promise<OfferRow | undefined> =>
  (
    await db.query<OfferRow>(`${OFFER} where o.offer_id = $1::uuid and o.venue_id = $2::int`, [
      offerId,
      venueId,
    ])
  ).rows[0]

export const listOpenOffers = async (
  db: Queryable,
  venueId: string | number,
  now: Date,
): Promise<OfferRow[]> => {
  const { rows } = await db.query<OfferRow>(
    `${OFFER} where o.venue_id = $1::int and o.state = 'open' and o.expires_at > $2::timestamptz order by o.offered_at`,
    [venueId, now],
  )
  return rows
}

export interface ReceivedRow extends OfferRow {
  name: string
  address: string
  by_name: string | null
  by_organisation: string | null
}

/** What is offered to a number and can still be answered. */
export const listReceived = async (db: Queryable, phoneIndex: Buffer, now: Date): Promise<ReceivedRow[]> => {
  const { rows } = await db.query<ReceivedRow>(
    `select o.*, v.name, v.address, p.name_masked as by_name, op.organisation as by_organisation
     from venue_offers o join venues v using (venue_id)
     left join persons p on p.person_id = o.offered_by_person left join operators op on op.operator_id = o.offered_by
     where o.phone_index = $1::bytea and o.state = 'open' and o.expires_at > $2::timestamptz
       and v.state in ('applied', 'active', 'suspended')
     order by o.offered_at desc limit 50`,
    [phoneIndex, now],
  )
  return rows
}

export const findReceivedVenue = async (
  db: Queryable,
  offerId: string,
  phoneIndex: Buffer,
): Promise<number | undefined> =>
  (
    await db.query<{ venue_id: number }>(
      `select venue_id from venue_offers where offer_id = $1::uuid and phone_index = $2::bytea`,
      [offerId, phoneIndex],
    )
  ).rows[0]?.venue_id

export const closeOffer = async (
  tx: Transaction,
  offerId: string,
  state: 'accepted' | 'declined' | 'withdrawn',
  at: Date,
): Promise<void> => {
  await tx.query(
    `update venue_offers set state = $2::text, answered_at = $3::timestamptz where offer_id = $1::uuid and state = 'open'`,
    [offerId, state, at],
  )
}
