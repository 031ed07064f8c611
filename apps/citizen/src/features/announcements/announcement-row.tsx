import type { AnnouncementSummary } from '@jiankangbao/contracts/announcement/schemas'
import { goTo } from '../../platform/navigate.ts'
import { useObservable } from '../../state/observable.ts'
import { momentText } from '../../words/time-words.ts'
import { say, sayText } from '../../words/words.ts'
import { isUnread } from './find-announcements.ts'
import { readVersions } from './kept-announcements.ts'
import './announcements.css'

/** A text that may have no English: readers of it see the Chinese. */
export const textOf = ({ zh, en }: { zh: string; en: string }): string => sayText({ zh, en: en || zh })

/** One announcement in a list; a press opens it. */
export const AnnouncementRow = ({ of }: { of: AnnouncementSummary }) => {
  const unread = isUnread(of, useObservable(readVersions))
  return (
    <li>
      <button
        type="button"
        className="notice-row"
        data-testid="announcement"
        onClick={() => goTo('announcement', { id: of.announcementId })}
      >
        <span className="notice-tags">
          <span className={`chip notice-${of.kind}`}>{say(`announcements.kind.${of.kind}`)}</span>
          {of.urgent && <span className="chip notice-urgent">{say('announcements.urgent')}</span>}
          {of.standing === 'withdrawn' && (
            <span className="chip notice-withdrawn">{say('announcements.withdrawn')}</span>
          )}
          {unread && (
            <span className="notice-unread" data-testid="announcement-unread">
              {say('announcements.unread')}
            </span>
          )}
        </span>
        <span className="notice-title">{textOf(of.title)}</span>
        <span className="notice-line">
          {of.withdrawal
            ? say('announcements.why', { reason: textOf(of.withdrawal.reason) })
            : textOf(of.excerpt)}
        </span>
        <span className="notice-line">
          {textOf(of.issuedBy)} · {momentText(of.publishedAt)}
        </span>
      </button>
    </li>
  )
}
