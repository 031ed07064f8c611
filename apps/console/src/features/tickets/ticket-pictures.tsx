import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { call } from '../../api/client.ts'
import { Pictures } from '../../ui/pictures.tsx'

/** What came with a ticket, or with one that was merged into it. */
export const TicketPictures = ({
  ticket: { ticketId, pictures },
}: {
  ticket: Pick<OfficeTicket, 'ticketId' | 'pictures'>
}) => (
  <Pictures count={pictures} load={(number) => call('getTicketPicture', { params: { ticketId, number } })} />
)
