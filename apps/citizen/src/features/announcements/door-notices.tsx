import { useRemote } from '../../state/use-remote.ts'
import { say } from '../../words/words.ts'
import { AnnouncementRow } from './announcement-row.tsx'
import { noticesAtDoor } from './find-announcements.ts'
import { loadAnnouncements } from './kept-announcements.ts'

/** What is told to whoever stands at a door of this kind. Fetched after the answer, never with it; nothing where it is not there. */
export const DoorNotices = ({ kind }: { kind: string }) => {
  const list = useRemote(loadAnnouncements).value
  const notices = noticesAtDoor(list?.announcements ?? [], kind).slice(0, 3)
  if (notices.length === 0) return null
  return (
    <section className="card" aria-label={say('announcements.atDoor')} data-testid="door-notices">
      <h2 className="card-title">{say('announcements.atDoor')}</h2>
      <ul className="notice-list">
        {notices.map((each) => (
          <AnnouncementRow key={each.announcementId} of={each} />
        ))}
      </ul>
    </section>
  )
}
