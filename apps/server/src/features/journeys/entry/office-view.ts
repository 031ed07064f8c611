import type { EntryContent, OfficeEntry } from '@jiankangbao/contracts/entry/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { maskPhone } from '@jiankangbao/domain/identity/masks'
import type { Queryable } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { namePlaces } from '../../city/place/place.service.ts'
import { placesOfStays } from '../../city/place/stay-places.service.ts'
import { readContent } from '../declaration/versions.service.ts'
import { listPlaces } from './entry-content.ts'
import { type OfficeEntryRow, rateCodes } from './office.queries.ts'

export const contentOf = (encryption: FieldEncryption, row: OfficeEntryRow) =>
  readContent(encryption, { ...row, declaration_id: row.entry_id }) as EntryContent

type Ratings = Awaited<ReturnType<typeof rateCodes>>

const travellersOf = (row: OfficeEntryRow, { unwell }: EntryContent): OfficeEntry['travellers'] =>
  row.travellers.map(({ personId, memberId, nameMasked, colour, arrivedAt }) => {
    const told = unwell.find((each) => (each.memberId?.toLowerCase() ?? null) === memberId)?.symptoms ?? []
    return {
      personId,
      nameMasked,
      colour: numberToColour(colour),
      ...(arrivedAt ? { arrivedAt } : {}),
      ...(told.length > 0 ? { symptoms: told } : {}),
    }
  })

/** A note of before there were dated ones comes first. */
const followUpsOf = (encryption: FieldEncryption, row: OfficeEntryRow): OfficeEntry['followUps'] => {
  const earlierAt = row.note && (row.closed_at ?? row.received_at)
  return [
    ...(earlierAt
      ? [
          {
            at: earlierAt.toISOString(),
            kind: 'note' as const,
            by: row.receiver_name ?? '',
            note: row.note ?? '',
          },
        ]
      : []),
    ...row.follow_ups.map(({ followUpId, ...followUp }) => ({
      ...followUp,
      note: encryption.show(Buffer.from(followUp.note, 'base64'), inRow('entry_follow_ups.note', followUpId)),
    })),
  ]
}

const toOfficeEntry = (
  encryption: FieldEncryption,
  row: OfficeEntryRow,
  content: EntryContent,
  ratings: Ratings,
): OfficeEntry => ({
  entryId: row.entry_id,
  state: row.state,
  version: row.version,
  overdue: row.overdue,
  travellers: travellersOf(row, content),
  arrivalMode: content.arrivalMode,
  ...(content.arrivalNumber ? { arrivalNumber: content.arrivalNumber } : {}),
  plannedArrivalAt: row.planned_arrival_at.toISOString(),
  originCode: content.originCode,
  stays: content.stays,
  ratedStays: Object.fromEntries(
    placesOfStays(content.stays).flatMap((place) => {
      const level = ratings.get(place)
      return level ? [[place, level]] : []
    }),
  ),
  destinationCode: row.destination_code,
  destinationName: row.destination_name,
  destinationDetail: content.destinationDetail,
  placeNames: namePlaces(listPlaces(content)),
  reason: content.reason,
  contactPhoneMasked: maskPhone(content.contactPhone),
  ...(content.latestTest ? { latestTest: content.latestTest } : {}),
  submittedAt: row.submitted_at.toISOString(),
  ...(row.arrived_at ? { arrivedAt: row.arrived_at.toISOString() } : {}),
  ...(row.arrived_place ? { arrivedPlace: row.arrived_place } : {}),
  ...(row.received_at ? { receivedAt: row.received_at.toISOString() } : {}),
  ...(row.receiver_name ? { receivedBy: row.receiver_name } : {}),
  ...(row.closed_at ? { closedAt: row.closed_at.toISOString() } : {}),
  followUps: followUpsOf(encryption, row),
})

/** As the office sees them: masked, with the places rated now. */
export const toOfficeEntries = async (
  db: Queryable,
  encryption: FieldEncryption,
  rows: OfficeEntryRow[],
  now: Date,
): Promise<OfficeEntry[]> => {
  const read = rows.map((row) => ({ row, content: contentOf(encryption, row) }))
  const codes = read.flatMap(({ content }) => placesOfStays(content.stays))
  const ratings = await rateCodes(db, [...new Set(codes)], now)
  return read.map(({ row, content }) => toOfficeEntry(encryption, row, content, ratings))
}
