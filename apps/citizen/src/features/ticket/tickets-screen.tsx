import { goTo } from '../../platform/navigate.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useHotline } from '../session/client-config.ts'
import { useGate } from '../session/gate.ts'
import { Corrections } from './corrections.tsx'
import { TicketCard } from './ticket-card.tsx'

const Tickets = () => {
  const { done } = useScreenParams('tickets')
  const list = useRemote(() => api.call('listMyTickets', {}))
  useRenewal(list.reload)
  const tickets = list.value?.tickets ?? []
  return (
    <div className="stack">
      {done !== undefined && <Message kind="good">{say('ticket.done')}</Message>}
      <Button onClick={() => goTo('ticket')}>{say('ticket.new')}</Button>
      <Failure error={list.error} onRetry={list.reload} />
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      {list.value && tickets.length === 0 && <p className="empty">{say('ticket.nobody')}</p>}
      <Corrections />
      <ul className="plain-list stack">
        {tickets.map((ticket) => (
          <TicketCard key={ticket.ticketId} ticket={ticket} onDone={list.reload} />
        ))}
      </ul>
    </div>
  )
}

/** What the account wrote or called about, and what became of it. */
export const TicketsScreen = () => {
  const open = useGate('tickets')
  const hotline = useHotline()
  return (
    <Screen name="tickets">
      <p className="lead">{say('ticket.listLead', { hotline })}</p>
      {open && <Tickets />}
    </Screen>
  )
}
