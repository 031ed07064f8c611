import type { WrittenAnnouncement, WrittenPolicyRow } from '@jiankangbao/contracts/announcement/written'
import { faultOfRow, type PolicyRow } from '@jiankangbao/domain/announcement/policy'
import { divisionCovers } from '@jiankangbao/domain/division'
import type { AnnouncementKind } from '@jiankangbao/domain/vocabulary/announcements'
import type { Queryable } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { findCityDivision, listUnknownPlaces } from '../../city/place/place.service.ts'
import type { VersionFields } from './announcement.queries.ts'
import { listMissingFiles, type NamedFile, renderMarkdown } from './render-markdown.ts'

const trimmed = ({ zh, en }: { zh: string; en: string }) => ({ zh: zh.trim(), en: en.trim() })

const readRow = (row: WrittenPolicyRow): PolicyRow => ({ ...row, words: trimmed(row.words) })

const readPolicyRows = async (
  db: Queryable,
  kind: AnnouncementKind,
  written: readonly WrittenPolicyRow[],
): Promise<PolicyRow[]> => {
  if (kind !== 'policy' && written.length > 0) throw fieldError('policyRows', 'not_allowed')
  const rows = written.map(readRow)
  for (const [at, row] of rows.entries()) {
    const fault = faultOfRow(row)
    if (fault) throw fieldError(`policyRows.${at}.${fault.field}`, fault.reason)
    const unknown = await listUnknownPlaces(db, row.placeCodes ?? [])
    const wrong = (row.placeCodes ?? []).findIndex((code) => unknown.has(code))
    if (wrong >= 0) throw fieldError(`policyRows.${at}.placeCodes.${wrong}`, 'unknown_place')
  }
  return rows
}

const readDivisions = async (
  db: Queryable,
  caller: OperatorCaller,
  codes: readonly string[],
): Promise<string[]> => {
  const read: string[] = []
  for (const [at, code] of codes.entries()) {
    const division = await findCityDivision(db, code)
    if (!division) throw fieldError(`divisionCodes.${at}`, 'unknown_division')
    if (!divisionCovers(caller.divisionCode, division.code)) throw new AppError('OUT_OF_DIVISION')
    if (!read.includes(division.code)) read.push(division.code)
  }
  return read
}

const requireFiles = (field: string, text: string, files: readonly NamedFile[]): void => {
  if (listMissingFiles(text, files).length > 0) throw fieldError(field, 'file_missing')
}

/** Whom it is for and when, without contradiction. */
const requireClear = (draft: WrittenAnnouncement): void => {
  const { audience } = draft
  if ((audience === 'districts') !== draft.divisionCodes.length > 0)
    throw fieldError('divisionCodes', audience === 'districts' ? 'required' : 'not_allowed')
  if ((audience === 'venue_kinds') !== draft.venueKinds.length > 0)
    throw fieldError('venueKinds', audience === 'venue_kinds' ? 'required' : 'not_allowed')
  // Where somebody lives is not known here: a wave of texts goes to everybody or to nobody.
  if (draft.sendTexts && (!draft.urgent || audience !== 'everybody'))
    throw fieldError('sendTexts', 'urgent_for_everybody')
  if (draft.publishAt && draft.expiresAt && Date.parse(draft.expiresAt) <= Date.parse(draft.publishAt))
    throw fieldError('expiresAt', 'before_start')
}

/**
 * Reads what was written, and makes of it what readers get.
 * @throws AppError VALIDATION_FAILED, OUT_OF_DIVISION (a district of somebody else)
 */
export const readWritten = async (
  db: Queryable,
  caller: OperatorCaller,
  kind: AnnouncementKind,
  draft: WrittenAnnouncement,
  files: readonly NamedFile[],
): Promise<VersionFields> => {
  requireClear(draft)
  requireFiles('bodyZh', draft.bodyZh, files)
  requireFiles('bodyEn', draft.bodyEn, files)
  const [title, issuedBy] = [trimmed(draft.title), trimmed(draft.issuedBy)]
  const note = draft.changeNote && trimmed(draft.changeNote)
  if (note && [...note.zh].length < 2) throw fieldError('changeNote.zh', 'too_short')
  return {
    title_zh: title.zh,
    title_en: title.en,
    body_zh: draft.bodyZh,
    body_en: draft.bodyEn,
    html_zh: renderMarkdown(draft.bodyZh, files),
    html_en: renderMarkdown(draft.bodyEn, files),
    issued_by_zh: issuedBy.zh,
    issued_by_en: issuedBy.en,
    number: draft.number?.trim() ?? null,
    issued_on: draft.issuedOn,
    source_url: draft.sourceUrl ?? null,
    urgent: draft.urgent,
    audience: draft.audience,
    division_codes: await readDivisions(db, caller, draft.divisionCodes),
    venue_kinds: [...new Set(draft.venueKinds)],
    publish_at: draft.publishAt ? new Date(draft.publishAt) : null,
    expires_at: draft.expiresAt ? new Date(draft.expiresAt) : null,
    policy_rows: await readPolicyRows(db, kind, draft.policyRows),
    change_note_zh: note?.zh ?? null,
    change_note_en: note?.en && [...note.en].length >= 2 ? note.en : null,
    send_texts: draft.sendTexts,
  }
}
