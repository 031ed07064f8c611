import { ANNOUNCEMENT_KINDS } from '@jiankangbao/domain/vocabulary/announcements'
import { useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { AnnouncementRow } from './announcement-row.tsx'
import { findAnnouncements } from './find-announcements.ts'
import { forgetFetched, type KeptList, loadAnnouncements } from './kept-announcements.ts'
import { useDistricts } from './own-district.ts'

const kinds = ['all', ...ANNOUNCEMENT_KINDS] as const
/** As many as a phone draws without stumbling; whoever looks for one searches. */
const MOST_SHOWN = 60

/** How old what is shown is. */
export const AgeNote = ({ at, fromPhone }: { at: string; fromPhone: boolean }) =>
  fromPhone ? (
    <Message kind="network">{say('announcements.fromPhone', { at: momentText(at) })}</Message>
  ) : (
    <p className="small" data-testid="announcements-age">
      {say('announcements.asOf', { at: momentText(at) })}
    </p>
  )

const List = ({ list }: { list: KeptList }) => {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<(typeof kinds)[number]>('all')
  const { district, choose, options } = useDistricts()
  const found = findAnnouncements(list.announcements, { kind, district, text })
  return (
    <>
      <AgeNote at={list.listedAt} fromPhone={list.fromPhone} />
      <Field id="announcement-search" label={say('announcements.search')} value={text} onChange={setText} />
      <Choice
        label={say('announcements.kinds')}
        layout="chips"
        value={kind}
        options={kinds.map((each) => ({ value: each, text: say(`announcements.kind.${each}`) }))}
        onChange={setKind}
      />
      <p role="status" className="small">
        {say('announcements.found', { count: found.length })}
      </p>
      {found.length === 0 && <p className="empty">{say('announcements.none')}</p>}
      <ul className="notice-list">
        {found.slice(0, MOST_SHOWN).map((each) => (
          <AnnouncementRow key={each.announcementId} of={each} />
        ))}
      </ul>
      {options.length > 1 && (
        <Choice
          label={say('announcements.district')}
          layout="chips"
          value={district}
          options={options}
          onChange={choose}
        />
      )}
    </>
  )
}

/** What the city tells: searchable, dated, with what was read on this phone. For anybody. */
export const AnnouncementsScreen = () => {
  const { value, error, loading, reload } = useRemote(loadAnnouncements)
  const again = () => {
    forgetFetched()
    reload()
  }
  return (
    <Screen name="announcements">
      <div className="stack">
        <Button kind="quiet" onClick={() => goTo('origin')}>
          {say('origin.ask')}
        </Button>
        <Failure error={error} onRetry={again} />
        {!value && loading && <p role="status">{say('state.loading')}</p>}
        {value && <List list={value} />}
      </div>
    </Screen>
  )
}
