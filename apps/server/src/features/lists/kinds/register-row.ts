import { isVenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { parseCreditCode } from '@jiankangbao/domain/identity/credit-code'
import { parsePersonName } from '@jiankangbao/domain/identity/person-name'
import { parsePhone } from '@jiankangbao/domain/identity/phone'
import { readDivisionCode } from '@jiankangbao/domain/place/division-code'
import type { Cells, ParsedImportRow, RowContext, RowProblem } from '../columns/parsed-row.ts'
import { readExtent, readLevel, readVenueKind } from '../columns/row-words.ts'
import { isImplausible, readTime } from './person-row.ts'

const MOST_POINTS = 40
/** An area may be announced some days before it is rated. */
const FORESEEN_MS = 7 * 24 * 3600_000

const parseAreaRow = (cell: Cells, context: RowContext): ParsedImportRow => {
  const problems: RowProblem[] = []
  // Areas of the whole country are listed; the code says where. One that is no place known here is held when it is applied.
  const divisionCode = readDivisionCode(cell('division'))
  if (divisionCode === undefined) problems.push('division_unknown')
  const name = cell('areaName')
  if (name === '' || name.length > 200) problems.push('area_missing')
  const level = readLevel(cell('level'))
  if (!level) problems.push('level_unknown')
  const extent = readExtent(cell('extent'))
  if (cell('extent') !== '' && !extent) problems.push('extent_unknown')
  const from = readTime(cell('anchor'), context)
  if (!from) problems.push('time_invalid')
  else if (isImplausible(from.at)) problems.push('time_implausible')
  else if (from.at > context.nowMs + FORESEEN_MS) problems.push('time_future')
  const until = cell('until') === '' ? undefined : readTime(cell('until'), context)
  if (cell('until') !== '' && !until) problems.push('until_invalid')
  if (from && until && until.at < from.at) problems.push('until_before')
  if (problems.length > 0 || divisionCode === undefined || !level || !from) return { ok: false, problems }
  const area = {
    divisionCode,
    name,
    level,
    ...(extent ? { extent } : {}),
    ...(until ? { until: until.at } : {}),
  }
  return { ok: true, row: { key: [divisionCode, name], at: from.at, area } }
}

const parseVenueRow = (cell: Cells): ParsedImportRow => {
  const problems: RowProblem[] = []
  const name = cell('venueName')
  if (name === '' || name.length > 100) problems.push('venue_name_missing')
  const kind = readVenueKind(cell('venueKind'))
  if (!kind || !isVenueKind(kind)) problems.push('venue_kind_unknown')
  const divisionCode = readDivisionCode(cell('division')) ?? ''
  const address = cell('address')
  if (address.length < 2 || address.length > 200) problems.push('address_missing')
  const credit = parseCreditCode(cell('creditCode'))
  if (cell('creditCode') !== '' && !credit.ok) problems.push('credit_code_invalid')
  const responsible = parsePersonName(cell('responsible'))
  if (!responsible.ok) problems.push('responsible_invalid')
  const phone = parsePhone(cell('phone'))
  if (!phone.ok) problems.push('phone_invalid')
  const points = [
    ...new Set(
      cell('points')
        .split(/[、,;|/]/)
        .map((point) => point.trim()),
    ),
  ].filter(Boolean)
  if (problems.length > 0 || !kind || !responsible.ok || !phone.ok) return { ok: false, problems }
  const venue = {
    name,
    kind,
    divisionCode,
    address,
    ...(credit.ok ? { creditCode: credit.creditCode } : {}),
    responsibleName: responsible.name,
    responsiblePhone: phone.phone,
    points: (points.length > 0 ? points : ['入口']).slice(0, MOST_POINTS),
  }
  return { ok: true, row: { key: [divisionCode, name, address], venue } }
}

/** One area of a risk list, or one venue of a register. */
export const parseRegisterRow = (
  kind: 'risk_areas' | 'venues',
  cell: Cells,
  context: RowContext,
): ParsedImportRow => (kind === 'risk_areas' ? parseAreaRow(cell, context) : parseVenueRow(cell))
