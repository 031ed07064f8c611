import type { Announcement } from '@jiankangbao/contracts/announcement/schemas'
import { useEffect, useState } from 'react'
import { copyText } from '../../platform/copy-text.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { webAddress } from '../../platform/server-address.ts'
import { webPathOf } from '../../screens.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { OutsideLink } from '../../ui/outside-link.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayText } from '../../words/words.ts'
import { textOf } from './announcement-row.tsx'
import { AgeNote } from './announcements-screen.tsx'
import { loadAnnouncement, markRead } from './kept-announcements.ts'
import { MeasureList, rowOrigin } from './policy-row.tsx'
import { RichText } from './rich-text.tsx'
import './announcements.css'

const Standing = ({ of }: { of: Announcement }) => (
  <>
    {of.withdrawal && (
      <Message kind="wrong">
        {say('announcements.withdrawnAt', { at: momentText(of.withdrawal.at) })}{' '}
        {say('announcements.why', { reason: textOf(of.withdrawal.reason) })}
      </Message>
    )}
    {of.standing === 'expired' && of.expiresAt && (
      <Message kind="wrong">{say('announcements.expiredAt', { at: momentText(of.expiresAt) })}</Message>
    )}
  </>
)

const Share = ({ announcementId }: { announcementId: string }) => {
  const [copied, setCopied] = useState<boolean>()
  const address = webAddress(`${webPathOf('announcement')}?id=${announcementId}`)
  return (
    <>
      <Button kind="quiet" onClick={() => void copyText(address).then(setCopied)}>
        {say('announcements.share')}
      </Button>
      {copied !== undefined && (
        <Message kind={copied ? 'good' : 'info'}>
          {copied ? (
            say('announcements.shared')
          ) : (
            <span className="notice-address" lang="zxx">
              {address}
            </span>
          )}
        </Message>
      )}
    </>
  )
}

const Versions = ({ of }: { of: Announcement }) =>
  of.versions.length < 2 ? null : (
    <section className="card">
      <h2 className="card-title">{say('announcements.versions')}</h2>
      <ul className="notice-versions">
        {of.versions.map(({ version, publishedAt, changeNote }) => (
          <li key={version}>
            {say('announcements.version', { version, at: momentText(publishedAt) })}
            {changeNote && ` · ${textOf(changeNote)}`}
          </li>
        ))}
      </ul>
    </section>
  )

const Text = ({ of }: { of: Announcement }) => {
  const { sourceUrl } = of
  return (
    <section className="card notice-text">
      <h2 className="notice-heading">{textOf(of.title)}</h2>
      <p className="small">
        {[textOf(of.issuedBy), of.number, of.issuedOn].filter(Boolean).join(' · ')}
        {' · '}
        {say('announcements.published', { at: momentText(of.publishedAt) })}
      </p>
      {sayText(of.html) === '' && <p className="small">{say('announcements.onlyChinese')}</p>}
      <RichText html={textOf(of.html)} />
      {of.policyRows.length > 0 && (
        <ul className="notice-rows" aria-label={say('origin.rows')}>
          {of.policyRows.map((row) => (
            <li key={`${row.paragraph} ${row.words.zh}`}>
              <p className="notice-row-origin">{rowOrigin(row, of.placeNames)}</p>
              <MeasureList row={row} />
            </li>
          ))}
        </ul>
      )}
      {sourceUrl !== undefined && (
        <p>
          <OutsideLink address={sourceUrl}>{say('announcements.source')}</OutsideLink>
        </p>
      )}
    </section>
  )
}

/** One announcement, by a link that any browser opens, without signing in. */
export const AnnouncementScreen = () => {
  const { id } = useScreenParams('announcement')
  const { value, error, loading, reload } = useRemote(() => loadAnnouncement(id ?? ''))
  const of = value?.announcement
  useEffect(() => {
    if (of) markRead(of)
  }, [of])
  return (
    <Screen name="announcement">
      <div className="stack">
        <Failure error={error} onRetry={reload} />
        {!value && loading && <p role="status">{say('state.loading')}</p>}
        {value && of && (
          <>
            <Standing of={of} />
            <AgeNote at={of.readAt} fromPhone={value.fromPhone} />
            <Text of={of} />
            <Versions of={of} />
            <Share announcementId={of.announcementId} />
          </>
        )}
      </div>
    </Screen>
  )
}
