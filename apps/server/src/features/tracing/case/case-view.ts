import type { Case, CaseEntry, CaseStay } from '@jiankangbao/contracts/tracing/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { floorOf } from '@jiankangbao/domain/tracing/floor'
import { infectiousSpan, type TracingRules } from '@jiankangbao/domain/tracing/rules'
import { stayLengthOf } from '@jiankangbao/domain/tracing/stay'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import type { CaseChangeRow, CaseRow } from './case.queries.ts'
import type { ExposedByRow } from './exposed-by.queries.ts'
import type { StayRow } from './stays.queries.ts'

/** A note for the history, once its line has a number. */
export const sealNote = (encryption: Pick<FieldEncryption, 'encrypt'>, note: string) => (changeId: string) =>
  encryption.encrypt(note, inRow('case_changes.note', changeId))

/** When the case was infectious, as of now. */
export const windowOf = (row: CaseRow, now: Date): { from: Date; until: Date } => {
  const { from, until } = infectiousSpan(
    { anchorAt: row.anchor_at.getTime(), isolatedAt: row.isolated_at?.getTime() ?? null },
    row.rules,
    now.getTime(),
  )
  return { from: new Date(from), until: new Date(until) }
}

/** Opened by hand and agreed to by nobody: nobody is shown. */
export const showsNobody = ({ state }: Pick<CaseRow, 'state'>): boolean =>
  state === 'waiting' || state === 'refused'

export const toCaseEntry = (row: CaseRow, now: Date): CaseEntry => {
  const { from, until } = windowOf(row, now)
  return {
    caseId: row.case_id,
    state: row.state,
    basis: row.basis,
    divisionName: row.division_name,
    ...(showsNobody(row) ? {} : { nameMasked: row.name_masked }),
    infectiousFrom: from.toISOString(),
    infectiousUntil: until.toISOString(),
    openedAt: row.opened_at.toISOString(),
    openedBy: row.opened_by_name,
    ...(row.proposal_id ? { proposalId: row.proposal_id } : {}),
    contacts: row.contacts,
  }
}

export const toCasePerson = (row: CaseRow): Pick<Case, 'person'> =>
  showsNobody(row)
    ? {}
    : {
        person: {
          personId: row.person_id,
          nameMasked: row.name_masked,
          colour: numberToColour(row.colour),
        },
      }

export const toCaseStay = (row: StayRow, { margins }: TracingRules): CaseStay => {
  const { marginBefore, marginAfter } = stayLengthOf(row.kind, margins)
  const floor = floorOf(row.point_name)
  return {
    stayId: row.stay_id,
    scannedAt: row.scanned_at.toISOString(),
    fromAt: row.from_at.toISOString(),
    untilAt: row.until_at.toISOString(),
    standardUntilAt: row.standard_until_at.toISOString(),
    venueId: String(row.venue_id),
    venueName: row.venue_name,
    pointName: row.point_name,
    ...(floor === undefined ? {} : { floor }),
    venueKind: row.kind,
    divisionName: row.division_name,
    scope: row.scope,
    counted: row.counted,
    marks: row.marks,
    marginBefore,
    marginAfter,
    ...(row.adjusted_at
      ? {
          adjusted: { by: row.adjusted_by_name ?? '', at: row.adjusted_at.toISOString(), why: row.why ?? '' },
        }
      : {}),
  }
}

export const toExposedBy = (row: ExposedByRow): Case['exposedBy'][number] => ({
  caseId: row.case_id,
  group: row.contact_group,
  minutes: row.minutes,
  ...(row.met_at ? { metAt: row.met_at.toISOString() } : {}),
  ...(row.venue_name ? { venueName: row.venue_name } : {}),
  mayOpen: row.may_open,
})

export const toCaseChange = (
  row: CaseChangeRow,
  encryption: Pick<FieldEncryption, 'show'>,
): Case['changes'][number] => ({
  version: row.version,
  at: row.at.toISOString(),
  ...(row.by_name ? { by: row.by_name } : {}),
  change: row.change,
  ...(row.note_encrypted
    ? { note: encryption.show(row.note_encrypted, inRow('case_changes.note', row.change_id)) }
    : {}),
  ...toWhat(row),
})

type Change = Case['changes'][number]
/** To what it was changed, as the details were written. */
const toWhat = ({ change, details }: CaseChangeRow): Partial<Change> => {
  if (change === 'stay_adjusted') return { stay: details as NonNullable<Change['stay']> }
  if (change === 'rules_changed') return { rules: details as unknown as NonNullable<Change['rules']> }
  return change === 'window_changed' ? { window: details as NonNullable<Change['window']> } : {}
}
