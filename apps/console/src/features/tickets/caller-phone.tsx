import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** The number to call back on; whole only for a purpose, which is logged. */
export const CallerPhone = ({ ticket }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const reveal = useAction({
    run: (purpose: string) =>
      call('revealTicketPhone', { params: { ticketId: ticket.ticketId }, body: { purpose } }),
    refresh: [],
    onDone: () => setAsking(false),
  })
  if (reveal.data)
    return (
      <>
        <a href={`tel:${reveal.data.phone}`}>{reveal.data.phone}</a> {reveal.data.callerName}
      </>
    )
  return (
    <>
      {ticket.phoneMasked}{' '}
      <Button size="small" onClick={() => setAsking(true)}>
        {t('tickets.revealPhone')}
      </Button>
      <ReasonModal
        open={asking}
        title={t('tickets.revealPhone')}
        asks="purpose"
        warning={t('people.unmaskWarn')}
        busy={reveal.isPending}
        error={reveal.error}
        onSubmit={(purpose) => reveal.mutate(purpose)}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
