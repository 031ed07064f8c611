import type { FollowUp, OpenedFollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { divisionCovers } from '@jiankangbao/domain/division'
import { dayOfFollowUp, todayOf } from '@jiankangbao/domain/monitoring/follow-up'
import { HOUR_MS } from '@jiankangbao/domain/time/shanghai'
import { ASSIGN_WITHIN_HOURS } from '@jiankangbao/domain/vocabulary/follow-ups'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { EventRow, FollowUpRow } from './list.queries.ts'
import type { Scope } from './scope.ts'

const instant = <Name extends string>(name: Name, at: Date | null): { [key in Name]?: string } =>
  (at ? { [name]: at.toISOString() } : {}) as { [key in Name]?: string }

const temperatureOf = (encryption: FieldEncryption, row: FollowUpRow) => {
  if (!row.temperature_encrypted) return {}
  const tenths = Number(
    encryption.show(row.temperature_encrypted, inRow('follow_ups.temperature', row.follow_up_id)),
  )
  return Number.isFinite(tenths) ? { temperatureTenths: tenths } : {}
}

/** As a community sees it: masked, with today counted. */
export const toFollowUp = (
  encryption: FieldEncryption,
  row: FollowUpRow,
  now: Date,
  scope: Scope,
): FollowUp => {
  const titles = new Map((row.reasons ?? []).map(({ category, title }) => [category, title]))
  const counted = row.ended_at ?? now
  return {
    followUpId: row.follow_up_id,
    version: row.version,
    state: row.state,
    nameMasked: row.name_masked,
    colour: numberToColour(row.colour),
    measure: row.measure,
    categories: row.categories.map((category) => {
      const title = titles.get(category)
      return { category, ...(title ? { title } : {}) }
    }),
    ...dayOfFollowUp(row.starts_at.getTime(), row.ends_at?.getTime() ?? null, counted.getTime()),
    startsAt: row.starts_at.toISOString(),
    ...instant('endsAt', row.ends_at),
    overdue: row.state === 'open' && row.ends_at !== null && row.ends_at <= now,
    ...instant('testDueAt', row.test_due_at),
    ...instant('testedAt', row.tested_at),
    ...instant('declaredAt', row.declared_at),
    ...temperatureOf(encryption, row),
    declaredIll: row.declared_ill,
    ...(row.look ? { look: row.look } : {}),
    ...instant('lookedAt', row.looked_at),
    ...instant('seenAt', row.seen_at),
    seenToday: row.seen_at !== null && row.seen_at.getTime() >= todayOf(now.getTime()).begins,
    stay: row.stay,
    ...(row.stay_encrypted
      ? { stayPlace: encryption.show(row.stay_encrypted, inRow('follow_ups.stay', row.follow_up_id)) }
      : {}),
    ...(row.division_code
      ? { divisionCode: row.division_code, divisionName: row.division_name ?? row.division_code }
      : {}),
    ...instant('unassignedAt', row.unassigned_at),
    ...instant(
      'assignBy',
      row.unassigned_at && new Date(row.unassigned_at.getTime() + ASSIGN_WITHIN_HOURS * HOUR_MS),
    ),
    own: row.division_code === null ? scope.isCity : divisionCovers(scope.divisionCode, row.division_code),
    offeredHere: row.offered_to !== null && divisionCovers(scope.divisionCode, row.offered_to),
    openAlarms: row.open_alarms,
    ...(row.offered_to && row.offered_at
      ? {
          offeredTo: {
            code: row.offered_to,
            name: row.offered_to_name ?? row.offered_to,
            at: row.offered_at.toISOString(),
          },
        }
      : {}),
    ...instant('endedAt', row.ended_at),
  }
}

/** A note for the history, once its line has a number. */
export const sealNote = (encryption: FieldEncryption, note: string | undefined) =>
  note === undefined
    ? undefined
    : (eventId: string) => encryption.encrypt(note, inRow('follow_up_events.note', eventId))

const isoOf = (text: string): string => new Date(text).toISOString()

type Line = OpenedFollowUp['history'][number]

const detailsOf = ({ details, division_name: name }: EventRow): Partial<Line> => ({
  ...(details.look ? { look: details.look } : {}),
  ...(details.cause ? { cause: details.cause } : {}),
  ...(details.from ? { endedBefore: isoOf(details.from) } : {}),
  ...(details.to ? { endsNow: isoOf(details.to) } : {}),
  ...(details.categories ? { categories: details.categories } : {}),
  ...(details.state ? { state: details.state } : {}),
  ...(details.division ? { division: name ?? details.division } : {}),
})

/** Latest first. */
export const toHistory = (encryption: FieldEncryption, rows: EventRow[]): Line[] =>
  rows.map((row) => ({
    at: row.at.toISOString(),
    event: row.event,
    ...(row.by ? { by: row.by } : {}),
    ...(row.organisation ? { organisation: row.organisation } : {}),
    ...(row.note_encrypted
      ? { note: encryption.show(row.note_encrypted, inRow('follow_up_events.note', row.event_id)) }
      : {}),
    ...detailsOf(row),
  }))
