import type { Notice } from '@jiankangbao/contracts/schemas/person'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { Timeline } from './timeline.tsx'
import { usePages } from './use-pages.ts'

const loadNotices = async (cursor: string | undefined) => {
  const page = await api.call('listMyNotices', { query: cursor === undefined ? {} : { cursor } })
  return { rows: page.notices, nextCursor: page.nextCursor }
}

const colours = ['green', 'yellow', 'red', 'none'] as const

/** Details are codes: colours among them get their words. */
const noticeText = ({ kind, details }: Notice): string => {
  const to = colours.find((colour) => colour === (details.to ?? details.colour))
  return sayCode('notice', kind, { ...details, to: to === undefined ? '' : say(`colour.${to}`) })
}

const Notices = () => {
  const pages = usePages(loadNotices)
  return (
    <Timeline
      pages={pages}
      label={say('records.notices')}
      keyOf={(notice) => notice.noticeId}
      render={(notice) => (
        <div>
          <p className="timeline-at">{momentText(notice.at)}</p>
          <p className="timeline-title">{noticeText(notice)}</p>
        </div>
      )}
    />
  )
}

/** What the account was told. */
export const NoticesScreen = () => {
  const open = useGate('signed-in')
  return (
    <Screen title={say('records.notices')} dataScreen="notices">
      {open && <Notices />}
    </Screen>
  )
}
