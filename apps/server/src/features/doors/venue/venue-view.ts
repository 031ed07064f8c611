import type { Point, Venue, VenueEntry, VenueFigures } from '@jiankangbao/contracts/venue/schemas'
import { venueCodeOf, venueCodeUrl } from '@jiankangbao/domain/codes/venue-code'
import { maskName, maskPhone } from '@jiankangbao/domain/identity/masks'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import type { PointRow } from './point.queries.ts'
import type { countVisits, HistoryRow, VenueRow } from './venue.queries.ts'
import { fromPendingChange } from './venue-fields.ts'

/** Which register and the last digits: enough to compare with the licence on the wall. */
const maskLicence = (licence: string): string => `${licence.slice(0, 2)}****${licence.slice(-4)}`

/** Rows as the interface shows them: codes whole, personal fields masked. */
export const createVenueView = ({
  encryption,
  config,
  venueCodeMac,
}: Pick<Parts, 'encryption' | 'config' | 'venueCodeMac'>) => {
  const maskedName = (venueId: number, value: Buffer) =>
    encryption.show(value, inRow('venues.responsible_name', venueId), maskName)
  const maskedPhone = (venueId: number, value: Buffer) =>
    encryption.show(value, inRow('venues.responsible_phone', venueId), maskPhone)

  const licenceOf = (row: VenueRow): string | undefined =>
    row.credit_code_encrypted
      ? encryption.decrypt(row.credit_code_encrypted, inRow('venues.credit_code', row.venue_id))
      : (row.credit_code ?? undefined)

  /** In clear it is of before licence numbers were encrypted. */
  const maskedLicence = (
    venueId: number,
    encrypted: Buffer | null | undefined,
    clear: string | null | undefined,
  ) =>
    encrypted
      ? encryption.show(encrypted, inRow('venues.credit_code', venueId), maskLicence)
      : clear && maskLicence(clear)

  const toMasked = (row: VenueRow) => {
    const licence = maskedLicence(row.venue_id, row.credit_code_encrypted, row.credit_code)
    return {
      ...(licence ? { creditCodeMasked: licence } : {}),
      responsibleNameMasked: maskedName(row.venue_id, row.responsible_name_encrypted),
      responsiblePhoneMasked: maskedPhone(row.venue_id, row.responsible_phone_encrypted),
    }
  }

  const toPoint = (row: PointRow): Point => {
    const code = row.code_id === null ? undefined : venueCodeOf(row.code_id, venueCodeMac)
    return {
      pointId: String(row.point_id),
      name: row.name,
      state: row.state,
      ...(code && row.issued_at
        ? {
            venueCode: code,
            qrText: venueCodeUrl(config.publicOrigin, code),
            codeIssuedAt: row.issued_at.toISOString(),
          }
        : {}),
    }
  }

  const toPending = (venueId: number, change: Record<string, unknown>): Record<string, unknown> => {
    const { responsibleNameEncrypted, responsiblePhoneEncrypted, creditCodeEncrypted, ...rest } =
      fromPendingChange(change)
    const {
      requestedBy: _,
      requestedByPerson: __,
      creditCodeIndex: ___,
      creditCode,
      ...plain
    } = rest as Record<string, unknown>
    const licence = maskedLicence(venueId, creditCodeEncrypted, creditCode as string | undefined)
    return {
      ...plain,
      ...(licence ? { creditCodeMasked: licence } : {}),
      ...(responsibleNameEncrypted
        ? { responsibleNameMasked: maskedName(venueId, responsibleNameEncrypted) }
        : {}),
      ...(responsiblePhoneEncrypted
        ? { responsiblePhoneMasked: maskedPhone(venueId, responsiblePhoneEncrypted) }
        : {}),
    }
  }

  const toFacts = (row: VenueRow) => ({
    venueId: String(row.venue_id),
    name: row.name,
    kind: row.kind,
    divisionCode: row.division_code,
    divisionName: row.division_name,
    address: row.address,
    state: row.state,
    appliedAt: row.applied_at.toISOString(),
  })

  return {
    toPoint,
    toFacts,
    toMasked,
    licenceOf,
    toVenueEntry: (row: VenueRow & { point_count: number }): VenueEntry => ({
      ...toFacts(row),
      pointCount: row.point_count,
    }),

    toVenue: (row: VenueRow, points: PointRow[], history: HistoryRow[]): Venue => ({
      ...toFacts(row),
      ...toMasked(row),
      ...(row.owner_name_masked === null ? {} : { ownerMasked: row.owner_name_masked }),
      ...(row.latitude === null || row.longitude === null
        ? {}
        : { latitude: row.latitude, longitude: row.longitude }),
      ...(row.state_reason ? { stateReason: row.state_reason } : {}),
      points: points.map(toPoint),
      ...(row.pending_change ? { pendingChange: toPending(row.venue_id, row.pending_change) } : {}),
      history: history.map((entry) => ({
        at: entry.occurred_at.toISOString(),
        action: entry.action,
        by: entry.actor_name ?? '',
        ...(entry.actor_kind === 'citizen' ? { byCitizen: true } : {}),
        ...(entry.details.reason ? { reason: entry.details.reason } : {}),
      })),
    }),

    toFigures: ({ hours, days }: Awaited<ReturnType<typeof countVisits>>): VenueFigures => {
      const sum = (key: 'visits' | 'admit' | 'deny' | 'review') =>
        hours.reduce((total, hour) => total + hour[key], 0)
      return {
        today: { visits: sum('visits'), admit: sum('admit'), deny: sum('deny'), review: sum('review') },
        hours: hours.map(({ hour, visits, deny }) => ({ hour, visits, deny })),
        days: days.map(({ visited_on, visits }) => ({ on: visited_on, visits })),
      }
    },
  }
}
