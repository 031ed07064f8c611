import type { OfficeTicketEntry } from '@jiankangbao/contracts/ticket/schemas'
import { TICKET_KINDS, TICKET_STATES } from '@jiankangbao/domain/ticket/ticket'
import { Button, Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { askedText, DueTag, StateTag } from './ticket-tags.tsx'
import './tickets.css'

const FILTERS = ['state', 'kind', 'mine', 'overdue'] as const
type Values = Partial<Record<(typeof FILTERS)[number], string>>

const columns: Column<OfficeTicketEntry>[] = [
  {
    key: 'ticket',
    title: 'tickets.about',
    primary: true,
    render: (ticket, t) => (
      <>
        {askedText(t, ticket)}
        <div className="quiet small ticket-excerpt">{ticket.statement}</div>
      </>
    ),
  },
  {
    key: 'number',
    title: 'tickets.number',
    render: ({ number, callerMasked, channel }, t) => (
      <>
        <span className="code-text">{number}</span>
        <div className="quiet small">
          {[callerMasked, t(`tickets.channels.${channel}`)].filter(Boolean).join(' · ')}
        </div>
      </>
    ),
  },
  {
    key: 'submitted',
    title: 'tickets.submitted',
    render: ({ submittedAt, divisionName }) => (
      <>
        {formatInstant(submittedAt)}
        <div className="quiet small">{divisionName}</div>
      </>
    ),
  },
  {
    key: 'assigned',
    title: 'tickets.assigned',
    render: ({ assignedName, signedBy }, t) => (
      <>
        {assignedName ?? t('tickets.withHotline')}
        <div className="quiet small">{signedBy}</div>
      </>
    ),
  },
  { key: 'due', title: 'tickets.due', render: (ticket) => <DueTag ticket={ticket} /> },
  { key: 'state', title: 'venues.state', render: ({ state }) => <StateTag state={state} /> },
]

/** Tickets of the own division; an office sees what it was given. */
export default function TicketsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const state = chosenOf(TICKET_STATES, values.state)
  const kind = chosenOf(TICKET_KINDS, values.kind)
  const query = useListQuery({
    key: ['tickets', 'list'],
    query: {
      limit: 20,
      ...(state ? { state } : {}),
      ...(kind ? { kind } : {}),
      ...(values.mine === 'true' ? { mine: 'true' as const } : {}),
      ...(values.overdue === 'true' ? { overdue: 'true' as const } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (filters) => call('listTickets', { query: filters }),
    refreshMs: 30_000,
  })
  return (
    <ListPage
      words="tickets"
      actions={
        may('recordTicket') && (
          <Button type="primary" onClick={() => void navigate(pathTo('/tickets/new'))}>
            {t('tickets.record')}
          </Button>
        )
      }
      filters={<Filters values={values} set={set} />}
      query={query}
      paging={paging}
      rows={({ tickets }) => tickets}
      rowKey={({ ticketId }) => ticketId}
      columns={columns}
      rowActions={({ ticketId }) => <OpenButton to={pathTo('/tickets/:ticketId', { ticketId })} />}
    />
  )
}

const Filters = ({ values, set }: { values: Values; set: (changes: Values) => void }) => {
  const { t } = useTranslation()
  return (
    <>
      <Select
        value={chosenOf(TICKET_STATES, values.state) ?? 'all'}
        aria-label={t('venues.state')}
        onChange={(state) => set({ state: state === 'all' ? '' : state })}
        options={[
          { value: 'all', label: t('tickets.allStates') },
          ...TICKET_STATES.map((state) => ({ value: state, label: t(`tickets.states.${state}`) })),
        ]}
      />
      <Select
        value={chosenOf(TICKET_KINDS, values.kind) ?? 'all'}
        aria-label={t('tickets.kind')}
        onChange={(kind) => set({ kind: kind === 'all' ? '' : kind })}
        options={[
          { value: 'all', label: t('tickets.allKinds') },
          ...TICKET_KINDS.map((kind) => ({ value: kind, label: t(`tickets.kinds.${kind}`) })),
        ]}
      />
      <Checkbox
        checked={values.overdue === 'true'}
        onChange={({ target }) => set({ overdue: target.checked ? 'true' : '' })}
      >
        {t('tickets.onlyOverdue')}
      </Checkbox>
      <Checkbox
        checked={values.mine === 'true'}
        onChange={({ target }) => set({ mine: target.checked ? 'true' : '' })}
      >
        {t('tickets.onlyMine')}
      </Checkbox>
    </>
  )
}
