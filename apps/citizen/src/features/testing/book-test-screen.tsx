import type { BookingAnswer, TestSlots } from '@jiankangbao/contracts/booking/schemas'
import { useRef, useState } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useDeed } from '../../state/use-deed.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Group } from '../../ui/group.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { SlotPicker } from './slot-picker.tsx'
import './testing.css'

const ME = 'me'

const WhoComes = ({ chosen, onChange }: { chosen: string[]; onChange: (chosen: string[]) => void }) => {
  const { value } = useRemote(() => api.call('listMembers', {}))
  // Whoever has a phone of their own books there.
  const members = (value?.members ?? []).filter(({ ownAccount }) => !ownAccount)
  if (members.length === 0) return null
  const people = [{ memberId: ME, nameMasked: say('testing.myself') }, ...members]
  return (
    <Group label={say('testing.who')}>
      {people.map(({ memberId, nameMasked }) => (
        <Tick
          key={memberId}
          text={nameMasked}
          ticked={chosen.indexOf(memberId) >= 0}
          onChange={(ticked) =>
            onChange(ticked ? [...chosen, memberId] : chosen.filter((each) => each !== memberId))
          }
        />
      ))}
    </Group>
  )
}

const Refused = ({ answer }: { answer: BookingAnswer }) => (
  <Message kind="wrong">
    {say(`testing.outcome.${answer.outcome}`, { name: answer.nameMasked ?? '' })}
    {answer.nextFree !== undefined && <p>{say('testing.nextFree', { at: momentText(answer.nextFree) })}</p>}
  </Message>
)

interface FormProps {
  slots: TestSlots
  /** The booking that moves; a new one where there is none. */
  moves: string | undefined
  reload: () => void
}

const BookForm = ({ slots, moves, reload }: FormProps) => {
  const [who, setWho] = useState([ME])
  const [startsAt, setStartsAt] = useState<string>()
  const [refused, setRefused] = useState<BookingAnswer>()
  const deed = useDeed()
  // One wish, one id: a second try after a lost answer books nothing twice.
  const requestId = useRef(makeRequestId())
  const choose = (next: string): void => {
    setStartsAt(next)
    setRefused(undefined)
  }
  const ask = (at: string): Promise<BookingAnswer> =>
    moves === undefined
      ? api.call('bookTest', {
          body: {
            requestId: requestId.current,
            siteId: slots.siteId,
            startsAt: at,
            self: who.indexOf(ME) >= 0,
            memberIds: who.filter((each) => each !== ME),
          },
        })
      : api.call('moveBooking', {
          params: { bookingId: moves },
          body: { siteId: slots.siteId, startsAt: at },
        })
  const book = (at: string): Promise<void> =>
    deed.run(async () => {
      const answer = await ask(at)
      if (answer.outcome === 'booked') return replaceWith('bookings', { done: 'yes' })
      setRefused(answer)
      setStartsAt(answer.nextFree)
      requestId.current = makeRequestId()
      reload()
    })
  const at = startsAt === undefined ? '' : momentText(startsAt)
  const isReady = startsAt !== undefined && who.length > 0
  return (
    <>
      {moves === undefined && <WhoComes chosen={who} onChange={setWho} />}
      {refused && <Refused answer={refused} />}
      <SlotPicker
        key={refused?.nextFree ?? 'first'}
        slots={slots}
        people={moves === undefined ? who.length : 1}
        chosen={startsAt}
        onChoose={choose}
      />
      <Failure error={deed.error} />
      <Button
        disabled={!isReady}
        busy={deed.busy}
        onClick={() => {
          if (startsAt !== undefined) void book(startsAt)
        }}
      >
        {isReady
          ? say(moves === undefined ? 'testing.bookNow' : 'testing.moveNow', { at })
          : say(who.length === 0 ? 'testing.chooseWho' : 'testing.chooseFirst')}
      </Button>
    </>
  )
}

const BookTest = () => {
  const { site, booking } = useScreenParams('book-test')
  const { value, error, loading, reload } = useRemote(() =>
    api.call('getTestSlots', { params: { siteId: site ?? '' } }),
  )
  return (
    <div className="stack">
      <Failure error={error} onRetry={reload} />
      {!value && loading && <p role="status">{say('state.loading')}</p>}
      {value && (
        <>
          <div>
            <h2 className="site-name">{value.name}</h2>
            <p className="small">{value.address}</p>
            {value.walkIn && <p className="small">{say('testing.alsoWalkIn')}</p>}
            {value.audience === 'yellow' && <p className="small">{say('testing.yellowTwice')}</p>}
          </div>
          <BookForm slots={value} moves={booking} reload={reload} />
        </>
      )}
    </div>
  )
}

/** Books a slot of one site for the account holder and family, or moves a booking there. */
export const BookTestScreen = () => {
  const open = useGate('book-test')
  return <Screen name="book-test">{open && <BookTest />}</Screen>
}
