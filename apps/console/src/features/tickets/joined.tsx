import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { TicketPictures } from './ticket-pictures.tsx'

/** What a ticket belongs to: another one, an appeal, and those that are worked on with it. */
export const Joined = ({ ticket }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { mergedInto, mergedIntoId, appeal, merged } = ticket
  return (
    <>
      {mergedInto && mergedIntoId && (
        <Alert
          type="info"
          data-testid="merged-into"
          title={
            <Link to={pathTo('/tickets/:ticketId', { ticketId: mergedIntoId })}>
              {t('tickets.merge.mergedInto', { number: mergedInto })}
            </Link>
          }
        />
      )}
      {appeal && (
        <p data-testid="decided-by-appeal">
          {t('tickets.link.open', { state: t(`appeals.states.${appeal.state}`) })}{' '}
          {may('getAppeal') && (
            <Link to={pathTo('/appeals/:appealId', { appealId: appeal.appealId })}>
              {t('tickets.link.appeal')}
            </Link>
          )}
        </p>
      )}
      {merged.length > 0 && <h2>{t('tickets.merge.with')}</h2>}
      {merged.map((each) => (
        <section key={each.ticketId} data-testid="merged-ticket" aria-label={each.number}>
          <p>
            <Link to={pathTo('/tickets/:ticketId', { ticketId: each.ticketId })}>{each.number}</Link>{' '}
            {t(`tickets.kinds.${each.kind}`)}{' '}
            <span className="quiet small">{formatInstant(each.submittedAt)}</span>
          </p>
          <p className="ticket-words">{each.statement}</p>
          <TicketPictures ticket={each} />
        </section>
      ))}
    </>
  )
}
