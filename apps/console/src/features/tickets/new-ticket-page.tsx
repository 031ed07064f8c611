import type { OfficeTicketEntry } from '@jiankangbao/contracts/ticket/schemas'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { pathTo } from '../../path-to.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { OpenButton } from '../../ui/open-button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { type CalledTicketValues, TicketFields } from '../../ui/ticket-fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { askedText, StateTag } from './ticket-tags.tsx'
import './tickets.css'

/** A ticket during a call: what this number has already, then what the caller says. */
export default function NewTicketPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<CalledTicketValues>()
  const [requestId] = useState(createRequestId)
  const recording = useAction({
    run: (values: CalledTicketValues) => call('recordTicket', { body: { ...values, requestId } }),
    refresh: [['tickets']],
    done: t('tickets.recorded'),
    onDone: ({ ticketId }) => void navigate(pathTo('/tickets/:ticketId', { ticketId })),
  })
  return (
    <>
      <PageHead title={t('tickets.record')} />
      <div className="ticket-columns">
        <div className="panel">
          <h2>{t('tickets.caller')}</h2>
          <Known onPhone={(phone) => form.setFieldsValue({ phone })} />
        </div>
        <div className="panel">
          <Problem error={recording.error} hideFields />
          <Form
            form={form}
            layout="vertical"
            initialValues={{ kind: 'question' }}
            onFinish={(values) =>
              recording.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
            }
          >
            <TicketFields form={form} />
            <Button type="primary" htmlType="submit" loading={recording.isPending}>
              {t('tickets.save')}
            </Button>
          </Form>
        </div>
      </div>
    </>
  )
}

const Known = ({ onPhone }: { onPhone: (phone: string) => void }) => {
  const { t } = useTranslation()
  const search = useAction({
    run: (body: { phone: string; purpose: string }) => call('searchTickets', { body }),
    refresh: [],
    onDone: (_, { phone }) => onPhone(phone),
  })
  return (
    <>
      <Problem error={search.error} />
      {/* A name of its own: the labels of two forms of one page belong to one field each. */}
      <Form
        name="known"
        layout="vertical"
        onFinish={({ phone, purpose }: { phone: string; purpose: string }) =>
          search.mutate({ phone: phone.trim(), purpose: purpose.trim() })
        }
      >
        <Form.Item
          name="phone"
          label={t('tickets.callerPhone')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <Input inputMode="tel" maxLength={40} autoComplete="off" />
        </Form.Item>
        <PurposeField />
        <Button htmlType="submit" loading={search.isPending}>
          {t('tickets.findTickets')}
        </Button>
      </Form>
      {search.data && <Found tickets={search.data.tickets} />}
    </>
  )
}

const Found = ({ tickets }: { tickets: readonly OfficeTicketEntry[] }) => {
  const { t } = useTranslation()
  if (tickets.length === 0) return <p className="quiet">{t('tickets.noneOfNumber')}</p>
  return (
    <ul className="plain-list ticket-found" aria-label={t('tickets.ofNumber')}>
      {tickets.map((ticket) => (
        <li key={ticket.ticketId}>
          <StateTag state={ticket.state} /> {askedText(t, ticket)}
          <div className="quiet small">
            {ticket.number} · {formatInstant(ticket.submittedAt)}
          </div>
          <OpenButton to={pathTo('/tickets/:ticketId', { ticketId: ticket.ticketId })} />
        </li>
      ))}
    </ul>
  )
}
