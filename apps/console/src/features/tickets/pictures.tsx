import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** What came with a ticket, each picture only when asked for: looking is logged. */
export const Pictures = ({ ticket }: { ticket: Pick<OfficeTicket, 'ticketId' | 'pictures'> }) => {
  const { t } = useTranslation()
  if (ticket.pictures === 0) return null
  return (
    <>
      <h2>{t('appeals.pictures')}</h2>
      <p className="quiet small">{t('appeals.pictureLogged')}</p>
      {Array.from({ length: ticket.pictures }, (_, at) => String(at + 1)).map((number) => (
        <Picture key={number} ticketId={ticket.ticketId} number={number} />
      ))}
    </>
  )
}

const Picture = ({ ticketId, number }: { ticketId: string; number: string }) => {
  const { t } = useTranslation()
  const show = useAction({
    run: () => call('getTicketPicture', { params: { ticketId, number } }),
    refresh: [],
  })
  if (show.data)
    return (
      <img
        className="ticket-picture"
        src={`data:${show.data.mediaType};base64,${show.data.content}`}
        alt={t('appeals.pictureAlt', { number })}
      />
    )
  return (
    <p>
      <Problem error={show.error} />
      <Button loading={show.isPending} onClick={() => show.mutate()}>
        {t('appeals.showPicture', { number })}
      </Button>
    </p>
  )
}
