import type { MyTest } from '@jiankangbao/contracts/my-test/schemas'
import { useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { MemberSwitcher } from '../members/member-switcher.tsx'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { OwnRequired } from './own-required.tsx'
import { OwnRounds } from './own-rounds.tsx'
import './testing.css'

const HOUR_MS = 3_600_000

/** Hours since the swab, and for which doors that is enough. */
const validText = (test: MyTest, serverTime: string): string => {
  const hours = Math.max(0, Math.floor((Date.parse(serverTime) - Date.parse(test.sampledAt)) / HOUR_MS))
  const limit = [24, 48, 72].filter((each) => hours < each)[0]
  return limit === undefined ? say('testing.tooOld', { hours }) : say('testing.within', { hours, limit })
}

interface TestProps {
  test: MyTest
  serverTime: string
  memberId: string | undefined
}

const Test = ({ test, serverTime, memberId }: TestProps) => (
  <li className={`card my-test my-test-${test.state}`} data-testid="my-test" data-state={test.state}>
    <p className="my-test-word">{say(`testing.state.${test.state}`)}</p>
    <p>
      {say('testing.sampled', { at: momentText(test.sampledAt) })} · {say(`testing.kind.${test.kind}`)}
    </p>
    {test.receivedAt && (
      <p className="small">{say('testing.received', { at: momentText(test.receivedAt) })}</p>
    )}
    {test.reportedAt && test.state !== 'being_called' && (
      <p className="small">{say('testing.reported', { at: momentText(test.reportedAt) })}</p>
    )}
    <p className="small">
      {test.siteName ?? say('testing.outside')}
      {test.laboratory !== undefined && ` · ${test.laboratory}`}
    </p>
    {test.state === 'negative' && <p>{validText(test, serverTime)}</p>}
    {test.testId !== undefined && (test.state === 'negative' || test.state === 'positive') && (
      <Button
        kind="quiet"
        onClick={() =>
          goTo('result-sheet', { test: test.testId ?? '', ...(memberId ? { member: memberId } : {}) })
        }
      >
        {say('testing.sheetOpen')}
      </Button>
    )}
    {test.state === 'being_called' && <p>{say('testing.callComes')}</p>}
  </li>
)

const Tests = ({ memberId }: { memberId: string | undefined }) => {
  const { value, error, loading, reload } = useRemote(() =>
    api.call('listMyTests', { query: memberId === undefined ? {} : { memberId } }),
  )
  return (
    <>
      <Failure error={error} onRetry={reload} />
      {!value && loading && <p role="status">{say('state.loading')}</p>}
      {value?.tests.length === 0 && <p className="empty">{say('testing.noTests')}</p>}
      {value && (
        <ul className="sites">
          {value.tests.map((test) => (
            <Test
              key={`${test.sampledAt} ${test.kind}`}
              test={test}
              serverTime={value.serverTime}
              memberId={memberId}
            />
          ))}
        </ul>
      )}
      {value && <p className="small">{say('testing.kept', { days: value.keptDays })}</p>}
    </>
  )
}

/** Every swab from the moment it was taken, and what came of it. */
export const TestsScreen = () => {
  const open = useGate('tests')
  const [memberId, setMemberId] = useState<string>()
  return (
    <Screen name="tests">
      {open && (
        <div className="stack">
          <MemberSwitcher label={say('testing.whose')} chosen={memberId} onChoose={setMemberId} />
          <OwnRequired key={`required ${memberId ?? 'me'}`} memberId={memberId} />
          <OwnRounds key={`round ${memberId ?? 'me'}`} memberId={memberId} />
          <Tests key={memberId ?? 'me'} memberId={memberId} />
          <Button kind="quiet" onClick={() => goTo('bookings', {})}>
            {say('testing.bookings')}
          </Button>
          <Button kind="quiet" onClick={() => goTo('test-sites', {})}>
            {say('testing.where')}
          </Button>
        </div>
      )}
    </Screen>
  )
}
