import type { Shop } from '@jiankangbao/contracts/shop/schemas'
import type { VenueAlarm, VenueApplication } from '@jiankangbao/contracts/venue/schemas'
import { inTransaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { type AlarmRow, listAlarms } from './alarm.queries.ts'
import type { OfferService } from './offer.service.ts'
import * as points from './point.queries.ts'
import * as shops from './shop.queries.ts'
import { requireApplyRoom } from './shop-limits.ts'
import { tellPersonOfShop } from './shop-news.ts'
import * as queries from './venue.queries.ts'
import type { VenueService } from './venue.service.ts'
import type { VenueFields } from './venue-fields.ts'
import { requireShopPerson, type ShopPerson, scopeOf } from './venue-keeper.ts'
import { createVenueView } from './venue-view.ts'

export const toAlarm = (row: AlarmRow): VenueAlarm => ({
  kind: row.kind,
  pointName: row.point_name,
  lastAt: row.last_at.toISOString(),
  times: row.times,
})

/** Shops of citizens, on their own phones. What is neither run nor helped in by the caller is NOT_FOUND. */
export const createShopService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'venueCodeMac'>,
  venues: VenueService,
  offers: OfferService,
) => {
  const { pool, clock } = parts
  const view = createVenueView(parts)

  const personOf = async (caller: CitizenCaller): Promise<ShopPerson> =>
    requireShopPerson(caller, (await shops.findOwnAccount(pool, caller.accountId))?.person_id)

  const findShop = async (person: ShopPerson, venueId: string) => {
    const own = await queries.findVenue(pool, scopeOf(person), venueId)
    if (own) return { venue: own, role: 'owner' as const }
    if (!(await shops.isStaff(pool, venueId, person.personId))) throw new AppError('NOT_FOUND')
    const venue = await queries.findAnyVenue(pool, venueId)
    if (!venue) throw new AppError('NOT_FOUND')
    return { venue, role: 'staff' as const }
  }

  const show = async (person: ShopPerson, venueId: string): Promise<Shop> => {
    const { venue, role } = await findShop(person, venueId)
    const [pointRows, figures, alarms, staff, open] = await Promise.all([
      points.listPoints(pool, venueId),
      queries.countVisits(pool, venueId, clock()),
      listAlarms(pool, venueId, clock()),
      shops.listStaff(pool, venueId),
      role === 'owner' ? offers.listOffers(pool, venueId) : [],
    ])
    const { divisionCode: _, ...facts } = view.toFacts(venue)
    return {
      ...facts,
      ...view.toMasked(venue),
      role,
      ...(venue.state_reason ? { stateReason: venue.state_reason } : {}),
      changeWaits: venue.pending_change !== null,
      points: pointRows.map(view.toPoint),
      figures: view.toFigures(figures),
      alarms: alarms.map(toAlarm),
      staff: staff.map((row) => ({
        staffId: row.staff_id,
        nameMasked: row.name_masked,
        since: row.added_at.toISOString(),
        self: row.person_id === person.personId,
      })),
      offers: open,
    }
  }

  /** The owner's act, then the shop as it is now. */
  const act = async (
    caller: CitizenCaller,
    venueId: string,
    run: (person: ShopPerson) => Promise<unknown>,
  ): Promise<Shop> => {
    const person = await personOf(caller)
    await run(person)
    return show(person, venueId)
  }

  return {
    listMyShops: async (caller: CitizenCaller) => {
      const own = await shops.findOwnAccount(pool, caller.accountId)
      const person = requireShopPerson(caller, own?.person_id)
      const [rows, received] = await Promise.all([
        shops.listShops(pool, person.personId, clock()),
        own ? offers.listReceived(own.phone_index) : [],
      ])
      return {
        shops: rows.map((row) => ({
          venueId: String(row.venue_id),
          role: row.role,
          name: row.name,
          kind: row.kind,
          address: row.address,
          state: row.state,
          ...(row.state_reason ? { stateReason: row.state_reason } : {}),
          changeWaits: row.change_waits,
          today: { visits: row.visits, deny: row.deny },
        })),
        offers: received,
      }
    },

    /** A repeat of `requestId` gets the same shop. @throws AppError VALIDATION_FAILED, NOT_REGISTERED, SHOP_LIMIT_REACHED */
    applyShop: async (caller: CitizenCaller, application: VenueApplication): Promise<Shop> => {
      const person = await personOf(caller)
      const { venueId } = await venues.applyVenue(person, application, (tx) =>
        requireApplyRoom(tx, person, clock()),
      )
      return show(person, venueId)
    },

    getMyShop: async (caller: CitizenCaller, venueId: string) => show(await personOf(caller), venueId),

    changeMyShop: (caller: CitizenCaller, venueId: string, fields: VenueFields) =>
      act(caller, venueId, (person) => venues.changeVenue(person, venueId, fields)),

    closeMyShop: (caller: CitizenCaller, venueId: string, reason: string) =>
      act(caller, venueId, (person) => venues.closeVenue(person, venueId, reason)),

    addShopPoint: async (caller: CitizenCaller, venueId: string, body: { requestId: string; name: string }) =>
      venues.addPoint(await personOf(caller), venueId, body),

    rotateShopCode: async (
      caller: CitizenCaller,
      pointId: string,
      body: { requestId: string; reason: string },
    ) => venues.rotatePointCode(await personOf(caller), pointId, body),

    closeShopPoint: async (caller: CitizenCaller, pointId: string, reason: string) =>
      venues.closePoint(await personOf(caller), pointId, reason),

    offerShop: async (
      caller: CitizenCaller,
      venueId: string,
      body: { requestId: string; kind: 'transfer' | 'staff'; phone: string },
    ) => offers.offer(await personOf(caller), venueId, body),

    withdrawShopOffer: async (caller: CitizenCaller, venueId: string, offerId: string) =>
      offers.withdraw(await personOf(caller), venueId, offerId),

    /** By the owner, or by whoever helps. @throws AppError NOT_FOUND */
    endShopHelp: async (caller: CitizenCaller, venueId: string, staffId: string): Promise<null> => {
      const person = await personOf(caller)
      return inTransaction(pool, async (tx) => {
        const venue = await queries.lockAnyVenue(tx, Number(venueId))
        const helper = (await shops.listStaff(tx, venueId)).find(({ staff_id }) => staff_id === staffId)
        const isOwner = venue?.owner_person_id === person.personId
        if (!venue || !helper || !(isOwner || helper.person_id === person.personId))
          throw new AppError('NOT_FOUND')
        await shops.deleteStaff(tx, venueId, { staffId })
        if (isOwner) await tellPersonOfShop(tx, helper.person_id, venue, 'helper_ended', clock())
        const actor = { actor: caller, objectKind: 'venue', objectId: venueId }
        await writeAudit(tx, { ...actor, action: 'venue.helper_ended' })
        return null
      })
    },
  }
}

export type ShopService = ReturnType<typeof createShopService>
