import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Descriptions, Tag, Timeline } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { MaskedPhone } from '../../ui/masked-phone.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { Corrections } from './corrections.tsx'
import { Joined } from './joined.tsx'
import { TicketActs } from './ticket-acts.tsx'
import { TicketPictures } from './ticket-pictures.tsx'
import { askedText, DueTag, StateTag } from './ticket-tags.tsx'
import './tickets.css'

/** One ticket with all that happened to it, and what can be done with it now. */
export default function TicketPage() {
  const { t } = useTranslation()
  const { ticketId = '' } = useParams()
  // Every reading is a look-up that the person sees: it is read when it is opened, and after an act.
  const query = useQuery({
    queryKey: ['tickets', 'one', ticketId],
    queryFn: () => call('getTicket', { params: { ticketId } }),
    staleTime: 60_000,
  })
  return (
    <>
      <PageHead title={`${t('tickets.one')} ${query.data?.number ?? ''}`} />
      <QueryView query={query}>{(ticket) => <Shown ticket={ticket} />}</QueryView>
    </>
  )
}

const Shown = ({ ticket }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  const facts: [string, ReactNode][] = [
    [t('tickets.about'), askedText(t, ticket)],
    [t('venues.state'), <States key="state" ticket={ticket} />],
    [t('tickets.where'), ticket.divisionName],
    [
      t('tickets.assigned'),
      [ticket.assignedName ?? t('tickets.withHotline'), ticket.signedBy].filter(Boolean).join(' · '),
    ],
    [
      t('tickets.submitted'),
      `${formatInstant(ticket.submittedAt)} · ${t(`tickets.channels.${ticket.channel}`)}`,
    ],
    [t('tickets.due'), <DueTag key="due" ticket={ticket} />],
    [t('tickets.caller'), <Caller key="caller" ticket={ticket} />],
    [t('tickets.callerPhone'), <CallerPhone key="phone" ticket={ticket} />],
    ...(ticket.memberMasked
      ? [[t('tickets.aboutFamily'), <Family key="family" ticket={ticket} />] as [string, ReactNode]]
      : []),
  ]
  return (
    <>
      <div className="panel">
        <Descriptions
          column={{ xs: 1, md: 2 }}
          bordered
          size="small"
          items={facts.map(([label, children]) => ({ key: label, label, children }))}
        />
        <h2>{t('tickets.statement')}</h2>
        <p className="ticket-words">{ticket.statement}</p>
        <TicketPictures ticket={ticket} />
        <Joined ticket={ticket} />
        {ticket.answer && (
          <Alert
            type={ticket.state === 'answered' || ticket.state === 'closed' ? 'success' : 'info'}
            title={t('tickets.answer')}
            description={<span className="ticket-words">{ticket.answer}</span>}
          />
        )}
        <TicketActs ticket={ticket} />
      </div>
      <Corrections ticket={ticket} />
      <div className="panel">
        <h2>{t('tickets.timeline')}</h2>
        <Entries entries={ticket.entries} />
      </div>
    </>
  )
}

const States = ({ ticket: { state, closing, rounds } }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  return (
    <>
      <StateTag state={state} />
      {closing && t(`tickets.closings.${closing}`)}
      {rounds > 1 && <Tag color="warning">{t('tickets.round', { count: rounds })}</Tag>}
    </>
  )
}

const Caller = ({ ticket }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { callerMasked, personId, hasAccount } = ticket
  return (
    <>
      {callerMasked ?? t('tickets.unnamed')}{' '}
      {personId && may('getPerson') ? (
        <Link to={pathTo('/people/:personId?', { personId })}>{t('tickets.openPerson')}</Link>
      ) : (
        !hasAccount && <span className="quiet">{t('tickets.noAccount')}</span>
      )}
    </>
  )
}

const Family = ({ ticket: { memberMasked, relation } }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  return [memberMasked, relation && t(`domain.relations.${relation}`)].filter(Boolean).join(' · ')
}

const Entries = ({ entries }: Pick<OfficeTicket, 'entries'>) => {
  const { t } = useTranslation()
  return (
    <Timeline
      items={entries.map(({ at, step, office, operator, toName, words, internal, ofNumber }) => ({
        key: `${at} ${step} ${ofNumber ?? ''}`,
        color: internal ? 'gray' : 'green',
        content: (
          <>
            {formatInstant(at)} {t(`tickets.steps.${step}`)}
            {toName && ` → ${toName}`}
            <div className="quiet small">
              {[office, operator, ofNumber && t('tickets.merge.ofNumber', { number: ofNumber })]
                .filter(Boolean)
                .join(' · ')}
            </div>
            {words && (
              <div className="ticket-words">
                {internal && <Tag>{t('tickets.internal')}</Tag>}
                {words}
              </div>
            )}
          </>
        ),
      }))}
    />
  )
}

const CallerPhone = ({ ticket: { ticketId, phoneMasked } }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  return (
    <MaskedPhone
      masked={phoneMasked}
      title={t('tickets.revealPhone')}
      reveal={async (purpose) => {
        const { phone, callerName } = await call('revealTicketPhone', {
          params: { ticketId },
          body: { purpose },
        })
        return { phone, name: callerName }
      }}
    />
  )
}
