import type { OfficeTicketEntry } from '@jiankangbao/contracts/ticket/schemas'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { QueryView } from '../../ui/query-view.tsx'

const SHOWN = 5
const REFRESH_MS = 30_000

/** Who asked to be called back, whoever waits longest first. */
export const CallBacks = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['tickets', 'call-backs'],
    queryFn: () => call('listTickets', { query: { kind: 'call_back', state: 'new', limit: SHOWN } }),
    refetchInterval: REFRESH_MS,
  })
  return (
    <section className="panel" aria-label={t('hotline.callBacks')}>
      <h2>
        {t('hotline.callBacks')}
        <Link to={pathTo('/tickets', { kind: 'call_back', state: 'new' })}>{t('hotline.all')}</Link>
      </h2>
      <QueryView query={query}>
        {({ tickets }) =>
          tickets.length === 0 ? (
            <p className="quiet">{t('hotline.noCallBacks')}</p>
          ) : (
            <ul className="plain-list hotline-rows">
              {tickets.map((ticket) => (
                <Row key={ticket.ticketId} ticket={ticket} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  )
}

const Row = ({ ticket }: { ticket: OfficeTicketEntry }) => {
  const { ticketId, number, callerMasked, submittedAt, statement } = ticket
  return (
    <li data-testid="call-back">
      <Link to={pathTo('/tickets/:ticketId', { ticketId })} target="_blank">
        {callerMasked ?? number}
      </Link>
      <div className="quiet small hotline-words">
        {formatInstant(submittedAt)} {statement}
      </div>
    </li>
  )
}
