import type {
  Announcement,
  AnnouncementSummary,
  PolicyAnswer,
} from '@jiankangbao/contracts/announcement/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { answerOrigin, compareStrictness, type Origin } from '@jiankangbao/domain/announcement/policy'
import { plainTextOf, readRichText } from '@jiankangbao/domain/announcement/rich-text'
import { isVenueKindWithin } from '@jiankangbao/domain/decision/venue-kind'
import { divisionCovers } from '@jiankangbao/domain/division'
import { isForeignCountry } from '@jiankangbao/domain/place/countries'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { Parts } from '../../../parts.ts'
import { listUnknownPlaces, namePlace } from '../../city/place/place.service.ts'
import { listRatedNow } from '../../inflow/risk-area/risk-area.service.ts'
import { findTold, listTold, listVersions, type VersionRow } from './announcement.queries.ts'
import { namesOfRows, publishedAtOf, toAnnouncement, toSummary } from './announcement-view.ts'
import { type FileContent, findToldFile } from './file.queries.ts'

/** When a notice comes out a whole city reads: each process reads the register this often. */
const FRESH_MS = 10_000
/** So many at most; older ones are found by their link. */
const MOST_TOLD = 1_000
const MOST_LISTED = 200
/** For so long a withdrawn one stays in the list with its reason. Its link says so for ever. */
const WITHDRAWN_LISTED_MS = 30 * 86_400_000

interface Told {
  row: VersionRow
  summary: AnnouncementSummary
  /** Everything a search may find, in small letters. */
  words: string
}

const toTold = (row: VersionRow, now: Date): Told => ({
  row,
  summary: toSummary(row, now),
  words: [
    row.title_zh,
    row.title_en,
    row.number ?? '',
    row.issued_by_zh,
    row.issued_by_en,
    plainTextOf(readRichText(row.html_zh)),
    plainTextOf(readRichText(row.html_en)),
  ]
    .join('\n')
    .toLowerCase(),
})

const isFor = ({ row }: Told, query: Call<'listAnnouncements'>['query']): boolean => {
  const { kind, divisionCode, venueKind } = query
  if (kind !== undefined && row.kind !== kind) return false
  if (venueKind !== undefined)
    return (
      row.audience === 'venue_kinds' && row.venue_kinds.some((each) => isVenueKindWithin(venueKind, each))
    )
  return (
    divisionCode === undefined ||
    row.audience !== 'districts' ||
    row.division_codes.some(
      (code) => divisionCovers(code, divisionCode) || divisionCovers(divisionCode, code),
    )
  )
}

/** What everybody reads, without signing in, and what policies say to somebody who comes. */
export const createReadingService = ({ pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>) => {
  const keep = <Value>(read: (now: Date) => Promise<Value>) => {
    let kept: { at: number; value: Promise<Value> } | undefined
    return {
      get: (now: Date): Promise<Value> => {
        const age = kept && now.getTime() - kept.at
        if (kept && age !== undefined && age >= 0 && age < FRESH_MS) return kept.value
        const value = read(now)
        kept = { at: now.getTime(), value }
        value.catch(() => {
          kept = undefined
        })
        return value
      },
      drop: () => {
        kept = undefined
      },
    }
  }
  const told = keep(async (now) =>
    (await listTold(pool, now, new Date(now.getTime() - WITHDRAWN_LISTED_MS), MOST_TOLD)).map((row) =>
      toTold(row, now),
    ),
  )
  const rated = keep((now) => listRatedNow(pool, now))

  const ratedAround = async (placeCode: string, now: Date) =>
    isForeignCountry(placeCode)
      ? []
      : (await rated.get(now))
          .filter(
            ({ division_code: code }) => divisionCovers(placeCode, code) || divisionCovers(code, placeCode),
          )
          .map(({ division_code: code, level, name, extent }) => ({
            level,
            name,
            whole: extent === 'whole' && divisionCovers(code, placeCode),
          }))

  const toFound = ({
    row,
    fit,
    policy,
  }: ReturnType<typeof answer>[number]): PolicyAnswer['found'][number] => ({
    fit,
    row,
    placeNames: namesOfRows([row]),
    policy: {
      announcementId: policy.of.announcement_id,
      version: policy.of.version,
      title: { zh: policy.of.title_zh, en: policy.of.title_en },
      ...(policy.of.number === null ? {} : { number: policy.of.number }),
      issuedBy: { zh: policy.of.issued_by_zh, en: policy.of.issued_by_en },
      issuedOn: policy.of.issued_on,
      publishedAt: policy.releasedAt,
    },
  })
  const answer = (rows: readonly VersionRow[], origin: Origin) =>
    answerOrigin(
      rows.map((of) => ({ of, rows: of.policy_rows, releasedAt: publishedAtOf(of).toISOString() })),
      origin,
    )

  return {
    /** After a release or a withdrawal this process shows it at once, the others within seconds. */
    readAgain: (): void => told.drop(),

    listAnnouncements: async (query: Call<'listAnnouncements'>['query']) => {
      const now = clock()
      const words = (query.search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
      const found = (await told.get(now)).filter(
        (each) =>
          each.row.audience !== 'operators' &&
          isFor(each, query) &&
          words.every((word) => each.words.includes(word)),
      )
      return {
        announcements: found.slice(0, MOST_LISTED).map(({ summary }) => summary),
        listedAt: now.toISOString(),
      }
    },

    /** @throws AppError NOT_FOUND (never told, or not told yet) */
    getAnnouncement: async (announcementId: string): Promise<Announcement> => {
      const now = clock()
      const row = await findTold(pool, now, announcementId)
      if (!row || row.audience === 'operators') throw new AppError('NOT_FOUND')
      const versions = await listVersions(pool, now, announcementId)
      const before = versions.filter(
        (each) => each.state === 'released' && each.version <= row.version && publishedAtOf(each) <= now,
      )
      return toAnnouncement(row, before, now)
    },

    /** @throws AppError NOT_FOUND */
    getAnnouncementFile: async (fileId: string): Promise<FileContent> => {
      const file = await findToldFile(pool, clock(), fileId)
      if (!file) throw new AppError('NOT_FOUND')
      return file
    },

    /** @throws AppError VALIDATION_FAILED (no place known here) */
    askPolicies: async (query: Call<'askPolicies'>['query']): Promise<PolicyAnswer> => {
      const now = clock()
      const { placeCode } = query
      if ((await listUnknownPlaces(pool, [placeCode])).size > 0)
        throw fieldError('placeCode', 'unknown_place')
      const today = shanghaiDayOf(now.getTime())
      const leftOn = query.leftOn ?? today
      const around = await ratedAround(placeCode, now)
      const policies = (await told.get(now)).filter(
        ({ row }) => row.kind === 'policy' && row.audience !== 'operators' && row.withdrawn_at === null,
      )
      const found = answer(
        policies.map(({ row }) => row),
        { placeCode, leftOn, today, rated: around },
      )
      const sure = found.filter(({ fit }) => fit === 'sure')
      return {
        placeCode,
        placeName: namePlace(placeCode),
        leftOn,
        answeredAt: now.toISOString(),
        hotline: config.city.hotline,
        found: found.slice(0, 40).map(toFound),
        differs: sure.some(
          ({ row }) => sure[0] !== undefined && compareStrictness(row.measures, sure[0].row.measures) !== 0,
        ),
        rated: around.slice(0, 40).map(({ level, name }) => ({ level, name })),
      }
    },

    listStaffAnnouncements: async () => {
      const now = clock()
      const rows = (await told.get(now)).filter(({ row }) => row.audience === 'operators')
      return { announcements: rows.slice(0, 50).map(({ row }) => toAnnouncement(row, [row], now)) }
    },
  }
}

export type ReadingService = ReturnType<typeof createReadingService>
