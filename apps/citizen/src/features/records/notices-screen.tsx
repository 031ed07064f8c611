import type { Notice } from '@jiankangbao/contracts/notice/schemas'
import { useEffect } from 'react'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { openerOf } from './notice-target.ts'
import { Timeline } from './timeline.tsx'
import { usePages } from './use-pages.ts'

const loadNotices = async (cursor: string | undefined) => {
  const page = await api.call('listMyNotices', { query: cursor === undefined ? {} : { cursor } })
  return { rows: page.notices, nextCursor: page.nextCursor }
}

const colours = ['green', 'yellow', 'red', 'none'] as const

/** Details are codes: colours and steps of appeals among them get their words. */
const noticeText = ({ kind, details }: Notice): string => {
  const to = colours.find((colour) => colour === (details.to ?? details.colour))
  return sayCode('notice', kind, {
    ...details,
    to: to === undefined ? '' : say(`colour.${to}`),
    at: details.at === undefined ? '' : momentText(details.at),
    news: details.news === undefined ? '' : sayCode('shop.news', details.news),
    step: details.step === undefined ? '' : sayCode('appeal.step', details.step),
  })
}

const Words = ({ notice }: { notice: Notice }) => (
  <>
    <p className="timeline-at">
      {momentText(notice.at)}
      {!notice.read && <span className="unread"> ● {say('records.unread')}</span>}
    </p>
    <p className="timeline-title">{noticeText(notice)}</p>
  </>
)

const Row = ({ notice }: { notice: Notice }) => {
  const open = openerOf(notice)
  if (!open) return <Words notice={notice} />
  return (
    <button type="button" className="notice-row" onClick={open}>
      <Words notice={notice} />
      <span className="notice-open" aria-hidden="true">
        ›
      </span>
    </button>
  )
}

const Notices = () => {
  const pages = usePages(loadNotices, ({ noticeId }) => noticeId)
  useRenewal(pages.renew)
  const newest = pages.rows[0]?.at
  // Shown once is read. The marks on the screen stay until it is opened again: they say what is new.
  useEffect(() => {
    if (newest !== undefined) void api.call('readNotices', { body: { until: newest } }).catch(() => undefined)
  }, [newest])
  return (
    <Timeline
      pages={pages}
      label={say('records.notices')}
      keyOf={(notice) => notice.noticeId}
      render={(notice) => <Row notice={notice} />}
    />
  )
}

/** What the account was told. */
export const NoticesScreen = () => {
  const open = useGate('notices')
  return <Screen name="notices">{open && <Notices />}</Screen>
}
