import type { AnnouncementSummary } from '@jiankangbao/contracts/announcement/schemas'
import { expect, it } from 'vitest'
import { findAnnouncements, isUnread, noticesAtDoor, urgentOnes } from './find-announcements.ts'

const notice = (more: Partial<AnnouncementSummary>): AnnouncementSummary => ({
  announcementId: '1',
  version: 1,
  kind: 'bulletin',
  title: { zh: '通告', en: 'Notice' },
  issuedBy: { zh: '市指挥部', en: '' },
  issuedOn: '2022-03-20',
  urgent: false,
  audience: 'everybody',
  divisionCodes: [],
  venueKinds: [],
  publishedAt: '2022-03-20T02:00:00.000Z',
  standing: 'current',
  excerpt: { zh: '请提前报备', en: 'Please report' },
  ...more,
})

it('finds by kind, district and words of both languages', () => {
  const all = [
    notice({}),
    notice({ announcementId: '2', kind: 'policy', number: 'XZ-7' }),
    notice({ announcementId: '3', audience: 'districts', divisionCodes: ['320302'] }),
  ]
  const ids = (filter: Partial<Parameters<typeof findAnnouncements>[1]>) =>
    findAnnouncements(all, { kind: 'all', district: '', text: '', ...filter }).map(
      (each) => each.announcementId,
    )
  expect(ids({})).toEqual(['1', '2', '3'])
  expect(ids({ kind: 'policy' })).toEqual(['2'])
  expect(ids({ text: 'xz-7 报备' })).toEqual(['2'])
  expect(ids({ district: '320303' })).toEqual(['1', '2'])
  expect(ids({ district: '320302' })).toEqual(['1', '2', '3'])
})

it('a new version is unread again; what was withdrawn is not', () => {
  const read = [['1', 1]] as const
  expect(isUnread(notice({}), read)).toBe(false)
  expect(isUnread(notice({ version: 2 }), read)).toBe(true)
  expect(isUnread(notice({ announcementId: '2', standing: 'withdrawn' }), read)).toBe(false)
})

it('doors have those of their kind, the first screen what is urgent, neither what was withdrawn', () => {
  const retail = notice({ audience: 'venue_kinds', venueKinds: ['retail'] })
  expect(noticesAtDoor([retail, notice({})], 'supermarket')).toEqual([retail])
  expect(noticesAtDoor([retail], 'hospital')).toEqual([])
  expect(noticesAtDoor([retail], 'something new')).toEqual([])
  const urgent = notice({ urgent: true })
  expect(urgentOnes([notice({}), urgent, notice({ urgent: true, standing: 'withdrawn' })])).toEqual([urgent])
})
