import type { OfficeTicketEntry } from '@jiankangbao/contracts/ticket/schemas'
import type { TicketState } from '@jiankangbao/domain/ticket/ticket'
import { Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'

const COLOURS: Record<TicketState, string> = {
  new: 'warning',
  dispatched: 'warning',
  signed: 'processing',
  returned: 'error',
  arbitration: 'error',
  answered: 'success',
  closed: 'default',
}

/** Where a ticket stands, in a word. */
export const StateTag = ({ state }: { state: TicketState }) => {
  const { t } = useTranslation()
  return (
    <Tag color={COLOURS[state]} data-testid="ticket-state" data-state={state}>
      {t(`tickets.states.${state}`)}
    </Tag>
  )
}

/** How its clock stands. */
export const DueTag = ({ ticket: { dueAt, overdue, paused } }: { ticket: OfficeTicketEntry }) => {
  const { t } = useTranslation()
  if (paused) return <Tag>{t('tickets.clock.paused')}</Tag>
  if (!dueAt) return <span className="quiet">{t('tickets.clock.none')}</span>
  return (
    <>
      {overdue && <Tag color="error">{t('tickets.clock.overdue')}</Tag>}
      {formatInstant(dueAt)}
    </>
  )
}

/** What was asked for in the form of its kind. */
export const askedText = (t: TFunction, { kind, choice, place, happenedOn }: OfficeTicketEntry): string =>
  [t(`tickets.kinds.${kind}`), choice ? t(`tickets.choices.${choice}`) : '', place, happenedOn]
    .filter(Boolean)
    .join(' · ')
