import type {
  Announcement,
  AnnouncementSummary,
  AnnouncementVersion,
  KeptVersion,
} from '@jiankangbao/contracts/announcement/schemas'
import type { PolicyRow } from '@jiankangbao/domain/announcement/policy'
import { plainTextOf, readRichText } from '@jiankangbao/domain/announcement/rich-text'
import type { AnnouncementStanding } from '@jiankangbao/domain/vocabulary/announcements'
import { namePlaces } from '../../city/place/place.service.ts'
import type { VersionRow } from './announcement.queries.ts'

const EXCERPT_LENGTH = 90

const two = (zh: string, en: string | null) => ({ zh, en: en ?? '' })

/** The first words of a text, on one line. */
const excerptOf = (html: string): string => {
  const words = plainTextOf(readRichText(html)).replace(/\s+/g, ' ').trim()
  return [...words].slice(0, EXCERPT_LENGTH).join('')
}

export const publishedAtOf = (row: VersionRow): Date => row.publish_at ?? row.released_at ?? row.edited_at

/** How the version that is told, or was last, stands now. */
const standingOf = (row: VersionRow, now: Date): AnnouncementStanding => {
  if (row.withdrawn_at) return 'withdrawn'
  return row.expires_at && row.expires_at <= now ? 'expired' : 'current'
}

const noteOf = ({ change_note_zh, change_note_en }: VersionRow) =>
  change_note_zh === null ? {} : { changeNote: two(change_note_zh, change_note_en) }

export const namesOfRows = (rows: readonly PolicyRow[]): Record<string, string> =>
  namePlaces([...new Set(rows.flatMap(({ placeCodes = [] }) => placeCodes))])

const fieldsOf = (row: VersionRow, now: Date) => ({
  announcementId: row.announcement_id,
  version: row.version,
  kind: row.kind,
  title: two(row.title_zh, row.title_en),
  issuedBy: two(row.issued_by_zh, row.issued_by_en),
  ...(row.number === null ? {} : { number: row.number }),
  issuedOn: row.issued_on,
  urgent: row.urgent,
  audience: row.audience,
  divisionCodes: row.division_codes,
  venueKinds: row.venue_kinds,
  publishedAt: publishedAtOf(row).toISOString(),
  ...(row.expires_at ? { expiresAt: row.expires_at.toISOString() } : {}),
  standing: standingOf(row, now),
  ...(row.withdrawn_at
    ? {
        withdrawal: {
          at: row.withdrawn_at.toISOString(),
          reason: two(row.withdrawal_reason_zh ?? '', row.withdrawal_reason_en),
        },
      }
    : {}),
})

export const toSummary = (row: VersionRow, now: Date): AnnouncementSummary => ({
  ...fieldsOf(row, now),
  excerpt: { zh: excerptOf(row.html_zh), en: excerptOf(row.html_en) },
})

/** @param told every version that was told, the latest first */
export const toAnnouncement = (row: VersionRow, told: readonly VersionRow[], now: Date): Announcement => ({
  ...fieldsOf(row, now),
  html: two(row.html_zh, row.html_en),
  ...(row.source_url === null ? {} : { sourceUrl: row.source_url }),
  policyRows: row.policy_rows,
  placeNames: namesOfRows(row.policy_rows),
  versions: told.map((each) => ({
    version: each.version,
    publishedAt: publishedAtOf(each).toISOString(),
    ...noteOf(each),
  })),
  readAt: now.toISOString(),
})

export const toKeptVersion = (row: VersionRow): KeptVersion => ({
  version: row.version,
  state: row.state,
  revision: row.revision,
  title: two(row.title_zh, row.title_en),
  editedBy: row.edited_by_name,
  editedAt: row.edited_at.toISOString(),
  ...(row.released_by_name === null ? {} : { releasedBy: row.released_by_name }),
  ...(row.released_at ? { releasedAt: row.released_at.toISOString() } : {}),
  ...(row.publish_at ? { publishAt: row.publish_at.toISOString() } : {}),
  ...noteOf(row),
})

export const toVersion = (row: VersionRow): AnnouncementVersion => ({
  ...toKeptVersion(row),
  announcementId: row.announcement_id,
  kind: row.kind,
  bodyZh: row.body_zh,
  bodyEn: row.body_en,
  html: two(row.html_zh, row.html_en),
  issuedBy: two(row.issued_by_zh, row.issued_by_en),
  ...(row.number === null ? {} : { number: row.number }),
  issuedOn: row.issued_on,
  ...(row.source_url === null ? {} : { sourceUrl: row.source_url }),
  urgent: row.urgent,
  audience: row.audience,
  divisionCodes: row.division_codes,
  venueKinds: row.venue_kinds,
  ...(row.expires_at ? { expiresAt: row.expires_at.toISOString() } : {}),
  policyRows: row.policy_rows,
  placeNames: namesOfRows(row.policy_rows),
  sendTexts: row.send_texts,
})
