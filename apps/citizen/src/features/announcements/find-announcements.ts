import type { AnnouncementSummary } from '@jiankangbao/contracts/announcement/schemas'
import { isVenueKind, isVenueKindWithin } from '@jiankangbao/domain/decision/venue-kind'
import { divisionCovers } from '@jiankangbao/domain/division'

/** A version that was opened on this phone. */
export type Version = readonly [announcementId: string, version: number]

export const isUnread = (
  { announcementId, version, standing }: Pick<AnnouncementSummary, 'announcementId' | 'version' | 'standing'>,
  read: readonly Version[],
): boolean =>
  standing === 'current' && !read.some(([each, known]) => each === announcementId && known >= version)

/** Of a kind, of a district or for everybody, and with every word typed. */
export const findAnnouncements = (
  all: readonly AnnouncementSummary[],
  { kind, district, text }: { kind: AnnouncementSummary['kind'] | 'all'; district: string; text: string },
): AnnouncementSummary[] => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return all.filter((each) => {
    const said = [each.title.zh, each.title.en, each.number ?? '', each.excerpt.zh, each.excerpt.en]
      .join('\n')
      .toLowerCase()
    return (
      (kind === 'all' || each.kind === kind) &&
      (district === '' ||
        each.audience !== 'districts' ||
        each.divisionCodes.some(
          (code) => divisionCovers(district, code) || divisionCovers(code, district),
        )) &&
      words.every((word) => said.includes(word))
    )
  })
}

/** What is told to whoever stands at a door of this kind. */
export const noticesAtDoor = (all: readonly AnnouncementSummary[], kind: string): AnnouncementSummary[] =>
  isVenueKind(kind)
    ? all.filter(
        (each) =>
          each.standing === 'current' &&
          each.audience === 'venue_kinds' &&
          each.venueKinds.some((of) => isVenueKindWithin(kind, of)),
      )
    : []

/** What stands as a banner over the first screen. */
export const urgentOnes = (all: readonly AnnouncementSummary[]): AnnouncementSummary[] =>
  all.filter(({ urgent, standing }) => urgent && standing === 'current').slice(0, 2)
