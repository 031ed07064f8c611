import type { TestBooking } from '@jiankangbao/contracts/booking/schemas'
import { useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useDeed } from '../../state/use-deed.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { SiteWays } from './site-ways.tsx'
import { hourText } from './slot-picker.tsx'
import './testing.css'

const Facts = ({ booking }: { booking: TestBooking }) => (
  <>
    <p className="site-name">
      {momentText(booking.startsAt)}–{hourText(booking.endsAt)}
    </p>
    <p>
      <span className={`chip booking-${booking.state}`}>{say(`testing.bookingState.${booking.state}`)}</span>{' '}
      {booking.nameMasked}
    </p>
    <p>{booking.siteName}</p>
    <p className="small">{booking.address}</p>
  </>
)

const Ahead = ({ booking, onCancel }: { booking: TestBooking; onCancel: () => void }) => {
  const { siteId, bookingId } = booking
  return (
    <li className="card site" data-testid="booking" data-state={booking.state}>
      <Facts booking={booking} />
      <p className="small">{say('testing.keptFor', { until: hourText(booking.heldUntil) })}</p>
      <div className="row">
        <Button kind="quiet" onClick={() => goTo('book-test', { site: siteId, booking: bookingId })}>
          {say('testing.move')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {say('testing.cancel')}
        </Button>
        <SiteWays {...booking} name={booking.siteName} />
      </div>
    </li>
  )
}

const Bookings = () => {
  const { done } = useScreenParams('bookings')
  const list = useRemote(() => api.call('listMyBookings', {}))
  const [cancelling, setCancelling] = useState<TestBooking>()
  const deed = useDeed()
  useRenewal(list.reload)
  const cancel = async ({ bookingId }: TestBooking): Promise<void> => {
    await deed.run(async () => {
      await api.call('cancelBooking', { params: { bookingId }, body: {} })
      list.reload()
    })
    setCancelling(undefined)
  }
  const bookings = list.value?.bookings ?? []
  const ahead = bookings.filter(({ state }) => state === 'booked')
  const over = bookings.filter(({ state }) => state !== 'booked')
  return (
    <div className="stack">
      {done !== undefined && ahead.length > 0 && (
        <Message kind="good">{say('testing.outcome.booked')}</Message>
      )}
      <Failure error={deed.error ?? list.error} onRetry={list.reload} />
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      {list.value && ahead.length === 0 && <p className="empty">{say('testing.noBookings')}</p>}
      <ul className="sites">
        {ahead.map((booking) => (
          <Ahead key={booking.bookingId} booking={booking} onCancel={() => setCancelling(booking)} />
        ))}
      </ul>
      <Button kind="quiet" onClick={() => goTo('test-sites', {})}>
        {say('testing.findSite')}
      </Button>
      {over.length > 0 && <h2 className="card-title">{say('testing.earlier')}</h2>}
      <ul className="sites">
        {over.map((booking) => (
          <li key={booking.bookingId} className="card site" data-testid="booking" data-state={booking.state}>
            <Facts booking={booking} />
          </li>
        ))}
      </ul>
      {cancelling && (
        <Dialog
          title={say('testing.cancelAsk')}
          confirm={say('testing.cancel')}
          onConfirm={() => void cancel(cancelling)}
          onCancel={() => setCancelling(undefined)}
          busy={deed.busy}
        >
          {say('testing.cancelText', { name: cancelling.nameMasked, at: momentText(cancelling.startsAt) })}
        </Dialog>
      )}
    </div>
  )
}

/** What is booked for the account holder and family: moved and cancelled here. */
export const BookingsScreen = () => {
  const open = useGate('bookings')
  return <Screen name="bookings">{open && <Bookings />}</Screen>
}
