import type { VenueDuplicate, VenuePeople } from '@jiankangbao/contracts/venue/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { recordUnmasking } from '../../ledger/lookup/unmasking.ts'
import { listAlarms } from './alarm.queries.ts'
import type { OfferService } from './offer.service.ts'
import * as reviewer from './reviewer.queries.ts'
import { listStaff } from './shop.queries.ts'
import { toAlarm } from './shop.service.ts'
import * as queries from './venue.queries.ts'
import { fromPendingChange } from './venue-fields.ts'
import { scopeOf } from './venue-keeper.ts'
import { createVenueView } from './venue-view.ts'

const SHOWN_DUPLICATES = 20

/** What whoever reviews or keeps a venue sees besides the venue: what is like it, whom to call, who stands at its doors. */
export const createReviewerService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'venueCodeMac'>,
  offers: OfferService,
) => {
  const { pool, clock, encryption } = parts
  const view = createVenueView(parts)

  const getRow = async (caller: OperatorCaller, venueId: string): Promise<queries.VenueRow> => {
    const venue = await queries.findVenue(pool, scopeOf(caller), venueId)
    if (!venue) throw new AppError('NOT_FOUND')
    return venue
  }

  const toDuplicate = (caller: OperatorCaller, row: reviewer.DuplicateRow): VenueDuplicate => {
    const { divisionCode, ...facts } = view.toFacts(row)
    return {
      ...facts,
      ...view.toMasked(row),
      mayOpen: divisionCovers(caller.divisionCode, divisionCode),
      same: [
        ...(row.same_licence ? (['licence'] as const) : []),
        ...(row.same_address ? (['address'] as const) : []),
        ...(row.same_name ? (['name'] as const) : []),
      ],
    }
  }

  return {
    /** Also of other divisions, masked: a licence is good once in the city. @throws AppError NOT_FOUND */
    listDuplicates: async (caller: OperatorCaller, venueId: string) => {
      const venue = await getRow(caller, venueId)
      const pending = venue.pending_change ? fromPendingChange(venue.pending_change) : {}
      const rows = await reviewer.listDuplicates(
        pool,
        venue,
        pending.creditCodeIndex ?? null,
        SHOWN_DUPLICATES + 1,
      )
      return {
        duplicates: rows.slice(0, SHOWN_DUPLICATES).map((row) => toDuplicate(caller, row)),
        more: rows.length > SHOWN_DUPLICATES,
      }
    },

    /** Whom to call; the owner reads that it was looked at. @throws AppError NOT_FOUND, TOO_MANY_REQUESTS */
    revealContact: async (caller: OperatorCaller, venueId: string, purpose: string) => {
      const venue = await getRow(caller, venueId)
      await recordUnmasking(parts, caller, {
        personIds: venue.owner_person_id === null ? [] : [venue.owner_person_id],
        purpose,
        action: 'venue.contact_revealed',
        objectKind: 'venue',
        objectId: venueId,
      })
      const licence = view.licenceOf(venue)
      return {
        name: encryption.decrypt(
          venue.responsible_name_encrypted,
          inRow('venues.responsible_name', venue.venue_id),
        ),
        phone: encryption.decrypt(
          venue.responsible_phone_encrypted,
          inRow('venues.responsible_phone', venue.venue_id),
        ),
        ...(licence === undefined ? {} : { creditCode: licence }),
      }
    },

    /** @throws AppError NOT_FOUND */
    getPeople: async (caller: OperatorCaller, venueId: string): Promise<VenuePeople> => {
      const venue = await getRow(caller, venueId)
      const [managers, staff, devices, open, alarms] = await Promise.all([
        reviewer.listManagers(pool, venueId),
        listStaff(pool, venueId),
        reviewer.listDevices(pool, venueId, clock()),
        offers.listOffers(pool, venueId),
        listAlarms(pool, venueId, clock()),
      ])
      return {
        ...(venue.owner_name_masked === null ? {} : { owner: { nameMasked: venue.owner_name_masked } }),
        managers: managers.map((row) => ({
          name: row.display_name,
          organisation: row.organisation,
          since: row.added_at.toISOString(),
        })),
        staff: staff.map((row) => ({ nameMasked: row.name_masked, since: row.added_at.toISOString() })),
        devices: devices.map((row) => ({
          name: row.name,
          pointName: row.point_name,
          since: row.registered_at.toISOString(),
        })),
        offers: open,
        alarms: alarms.map(toAlarm),
      }
    },
  }
}

export type ReviewerService = ReturnType<typeof createReviewerService>
