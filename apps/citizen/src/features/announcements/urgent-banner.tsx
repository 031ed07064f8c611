import { goTo } from '../../platform/navigate.ts'
import { useObservable } from '../../state/observable.ts'
import { useRemote } from '../../state/use-remote.ts'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { textOf } from './announcement-row.tsx'
import { findAnnouncements, isUnread, urgentOnes } from './find-announcements.ts'
import { loadAnnouncements, readVersions } from './kept-announcements.ts'
import { ownDistrict } from './own-district.ts'
import './announcements.css'

/** What is urgent, over the first screen. Nothing where there is nothing, or nothing is known. */
export const UrgentBanner = () => {
  const district = useObservable(ownDistrict)
  const list = useRemote(loadAnnouncements).value
  const urgent = urgentOnes(findAnnouncements(list?.announcements ?? [], { kind: 'all', district, text: '' }))
  return (
    <>
      {urgent.map((each) => (
        <button
          type="button"
          key={each.announcementId}
          className="urgent-banner"
          data-testid="urgent-banner"
          onClick={() => goTo('announcement', { id: each.announcementId })}
        >
          <span className="urgent-mark">{say('announcements.urgent')}</span>
          <span className="urgent-title">{textOf(each.title)}</span>
          <span className="small">{momentText(each.publishedAt)}</span>
        </button>
      ))}
    </>
  )
}

/** How many this phone has not opened yet. */
export const useUnreadAnnouncements = (): number => {
  const read = useObservable(readVersions)
  const district = useObservable(ownDistrict)
  const list = useRemote(loadAnnouncements).value
  return findAnnouncements(list?.announcements ?? [], { kind: 'all', district, text: '' }).filter((each) =>
    isUnread(each, read),
  ).length
}
