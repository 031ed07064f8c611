import type { VenueOffer } from '@jiankangbao/contracts/venue/schemas'
import { maskPhone } from '@jiankangbao/domain/identity/masks'
import { isLivingVenue, type ShopOfferKind } from '@jiankangbao/domain/vocabulary/doors'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as offers from './offer.queries.ts'
import * as shops from './shop.queries.ts'
import { countRun, MOST_HELPERS, MOST_RUN } from './shop-limits.ts'
import { tellPersonOfShop, tellShop } from './shop-news.ts'
import * as queries from './venue.queries.ts'
import { requireShopPerson, type ShopPerson, scopeOf, type VenueKeeper, writerOf } from './venue-keeper.ts'

// A shop, or help in it, is offered to a telephone number. Whoever has that number finds it on their phone, now or after they
// registered; whoever offers learns nothing about the number. An offer waits for a week.

const WAITS_MS = 7 * 24 * 3_600_000
const A_DAY = 20
const DAY_SECONDS = 86_400

interface Asked {
  requestId: string
  kind: ShopOfferKind
  phone: string
  phoneIndex: Buffer
}

export const createOfferService = ({
  pool,
  clock,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'>) => {
  const toOffer = (row: offers.OfferRow): VenueOffer => ({
    offerId: row.offer_id,
    kind: row.kind,
    phoneMasked: encryption.show(row.phone_encrypted, inRow('venue_offers.phone', row.offer_id), maskPhone),
    offeredAt: row.offered_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  })

  const audit = (tx: Transaction, actor: VenueKeeper, action: string, venueId: number, kind: ShopOfferKind) =>
    writeAudit(tx, { actor, action, objectKind: 'venue', objectId: String(venueId), details: { kind } })

  const requireHelpRoom = async (tx: Transaction, venueId: number): Promise<void> => {
    const staff = await shops.listStaff(tx, venueId)
    const open = await offers.listOpenOffers(tx, venueId, clock())
    if (staff.length + open.filter(({ kind }) => kind === 'staff').length >= MOST_HELPERS)
      throw new AppError('SHOP_LIMIT_REACHED')
  }

  const requireAnothersNumber = async (
    tx: Transaction,
    caller: VenueKeeper,
    phoneIndex: Buffer,
  ): Promise<void> => {
    if (caller.kind !== 'citizen') return
    const own = await shops.findOwnAccount(tx, caller.accountId)
    if (own?.phone_index.equals(phoneIndex)) throw fieldError('phone', 'own_number')
  }

  /** Told on the phone with that number, if there is one. */
  const tellNumber = async (
    tx: Transaction,
    phoneIndex: Buffer,
    venue: queries.VenueRow,
    kind: ShopOfferKind,
  ): Promise<void> => {
    const personId = await shops.findPersonOfNumber(tx, phoneIndex)
    const news = kind === 'transfer' ? 'offered' : 'helper_asked'
    if (personId !== undefined) await tellPersonOfShop(tx, personId, venue, news, clock())
  }

  const takeOver = async (
    tx: Transaction,
    caller: ShopPerson,
    venue: queries.VenueRow,
    own: shops.OwnAccountRow,
  ): Promise<void> => {
    await shops.holdAccount(tx, caller.accountId)
    if ((await countRun(tx, caller.personId, clock())) >= MOST_RUN) throw new AppError('SHOP_LIMIT_REACHED')
    if (!own.name_encrypted) throw new AppError('NOT_REGISTERED')
    const name = encryption.decrypt(own.name_encrypted, inRow('persons.name', caller.personId))
    const phone = encryption.decrypt(own.phone_encrypted, inRow('accounts.phone', caller.accountId))
    await shops.setOwner(tx, venue.venue_id, {
      personId: caller.personId,
      nameEncrypted: encryption.encrypt(name, inRow('venues.responsible_name', venue.venue_id)),
      phoneEncrypted: encryption.encrypt(phone, inRow('venues.responsible_phone', venue.venue_id)),
    })
    await shops.deleteStaff(tx, venue.venue_id, { personId: caller.personId })
    await offers.endOffers(tx, venue.venue_id, clock(), null)
    await tellShop(tx, venue, 'handed_over', clock())
    await tellPersonOfShop(tx, caller.personId, venue, 'taken_over', clock())
    await audit(tx, caller, 'venue.handed_over', venue.venue_id, 'transfer')
  }

  const joinStaff = async (tx: Transaction, caller: ShopPerson, venue: queries.VenueRow): Promise<void> => {
    if (venue.owner_person_id === caller.personId) throw stateConflict('state', 'owner')
    await shops.insertStaff(tx, venue.venue_id, caller.personId, clock())
    await tellShop(tx, venue, 'helper_joined', clock())
    await audit(tx, caller, 'venue.helper_joined', venue.venue_id, 'staff')
  }

  /** Another offer of a shop, or to the same number to help, takes the place of the one before. */
  const write = async (
    tx: Transaction,
    caller: VenueKeeper,
    venueId: string,
    asked: Asked,
  ): Promise<void> => {
    const { requestId, kind, phone, phoneIndex } = asked
    const venue = await queries.lockVenue(tx, scopeOf(caller), venueId)
    if (!venue) throw new AppError('NOT_FOUND')
    if (await offers.findOffer(tx, requestId, venue.venue_id)) return
    if (!isLivingVenue(venue.state)) throw stateConflict('state', venue.state)
    await requireAnothersNumber(tx, caller, phoneIndex)
    const writer = writerOf(caller)
    const key = writer.personId ? `p${writer.personId}` : `o${writer.operatorId}`
    await takeFromLimit(tx, `shop-offers:${key}`, A_DAY, DAY_SECONDS)
    const same = { kind, phoneIndex: kind === 'staff' ? phoneIndex : null }
    await offers.endOffers(tx, venue.venue_id, clock(), same)
    if (kind === 'staff') await requireHelpRoom(tx, venue.venue_id)
    const made = await offers.insertOffer(tx, {
      offerId: requestId,
      venueId: venue.venue_id,
      kind,
      phoneEncrypted: encryption.encrypt(phone, inRow('venue_offers.phone', requestId)),
      phoneIndex,
      byPerson: writer.personId,
      byOperator: writer.operatorId,
      at: clock(),
      expiresAt: new Date(clock().getTime() + WAITS_MS),
    })
    if (!made) throw new AppError('REQUEST_ID_REUSED')
    await tellNumber(tx, phoneIndex, venue, kind)
    await audit(tx, caller, 'venue.offered', venue.venue_id, kind)
  }

  /** Accepted or declined while the venue is held. */
  const close = async (
    tx: Transaction,
    caller: ShopPerson,
    venue: queries.VenueRow,
    row: offers.OfferRow,
    own: shops.OwnAccountRow,
    wanted: 'accepted' | 'declined',
  ): Promise<void> => {
    if (row.expires_at <= clock()) throw stateConflict('state', 'expired')
    if (!isLivingVenue(venue.state)) throw stateConflict('state', venue.state)
    await offers.closeOffer(tx, row.offer_id, wanted, clock())
    if (wanted === 'declined') {
      await tellShop(tx, venue, 'declined', clock())
      await audit(tx, caller, 'venue.offer_declined', venue.venue_id, row.kind)
    } else if (row.kind === 'transfer') await takeOver(tx, caller, venue, own)
    else await joinStaff(tx, caller, venue)
  }

  return {
    listOffers: async (db: Queryable, venueId: string | number): Promise<VenueOffer[]> =>
      (await offers.listOpenOffers(db, venueId, clock())).map(toOffer),

    /**
     * The same answer whosever the number is. Another offer of the kind to hand over takes the place of the one before.
     * @throws AppError NOT_FOUND, VALIDATION_FAILED (phone), STATE_CONFLICT (closed, rejected), SHOP_LIMIT_REACHED, REQUEST_ID_REUSED
     */
    offer: async (
      caller: VenueKeeper,
      venueId: string,
      body: { requestId: string; kind: ShopOfferKind; phone: string },
    ): Promise<VenueOffer> => {
      const parsed = parsePhone(body.phone)
      if (!parsed.ok) throw fieldError('phone', parsed.reason)
      const phoneIndex = encryption.blindIndex('phone', parsed.phone)
      await inTransaction(pool, (tx) =>
        write(tx, caller, venueId, { ...body, phone: parsed.phone, phoneIndex }),
      )
      const row = await offers.findOffer(pool, body.requestId, venueId)
      if (!row) throw new AppError('NOT_FOUND')
      return toOffer(row)
    },

    /** @throws AppError NOT_FOUND, STATE_CONFLICT (answered); twice is no error */
    withdraw: (caller: VenueKeeper, venueId: string, offerId: string): Promise<null> =>
      inTransaction(pool, async (tx) => {
        const venue = await queries.lockVenue(tx, scopeOf(caller), venueId)
        const row = venue && (await offers.findOffer(tx, offerId, venueId))
        if (!venue || !row) throw new AppError('NOT_FOUND')
        if (row.state === 'withdrawn') return null
        if (row.state !== 'open') throw stateConflict('state', row.state)
        await offers.closeOffer(tx, offerId, 'withdrawn', clock())
        await audit(tx, caller, 'venue.offer_withdrawn', venue.venue_id, row.kind)
        return null
      }),

    listReceived: async (phoneIndex: Buffer) =>
      (await offers.listReceived(pool, phoneIndex, clock())).map((row) => ({
        offerId: row.offer_id,
        kind: row.kind,
        name: row.name,
        address: row.address,
        by: row.by_name ?? row.by_organisation ?? '',
        expiresAt: row.expires_at.toISOString(),
      })),

    /**
     * By whoever has the number it was offered to. Taken over, it is theirs at once and the former owner's no longer.
     * @throws AppError NOT_FOUND, NOT_REGISTERED, STATE_CONFLICT (withdrawn, answered, ran out, closed), SHOP_LIMIT_REACHED
     */
    answer: (citizen: CitizenCaller, offerId: string, answer: 'accept' | 'decline'): Promise<null> =>
      inTransaction(pool, async (tx) => {
        const own = await shops.findOwnAccount(tx, citizen.accountId)
        if (!own) throw new AppError('NOT_FOUND')
        const caller = requireShopPerson(citizen, own.person_id)
        const venueId = await offers.findReceivedVenue(tx, offerId, own.phone_index)
        const venue = venueId === undefined ? undefined : await queries.lockAnyVenue(tx, venueId)
        // Read while the venue is held: of two answers the second sees the first.
        const row = venue && (await offers.findOffer(tx, offerId, venue.venue_id))
        if (!venue || !row) throw new AppError('NOT_FOUND')
        const wanted = answer === 'accept' ? 'accepted' : 'declined'
        if (row.state === wanted) return null
        if (row.state !== 'open') throw stateConflict('state', row.state)
        await close(tx, caller, venue, row, own, wanted)
        return null
      }),
  }
}

export type OfferService = ReturnType<typeof createOfferService>
