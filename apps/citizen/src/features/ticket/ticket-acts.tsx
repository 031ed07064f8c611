import type { Ticket } from '@jiankangbao/contracts/ticket/schemas'
import { useState } from 'react'
import { makeRequestId } from '../../platform/random-id.ts'
import { useDraft } from '../../state/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

export interface TicketActsProps {
  ticket: Ticket
  /** Something has changed: the list is read anew. */
  onDone: () => void
}

type Open = 'unsolved' | 'withdraw' | undefined
const nothing = { words: '', requestId: '' }

/** The answer is judged by whoever asked; words are added and the ticket is taken back while it is open. */
export const TicketActs = ({ ticket, onDone }: TicketActsProps) => {
  const { ticketId } = ticket
  const [open, setOpen] = useState<Open>()
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
      onDone()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      setOpen(undefined)
    }
  }
  const judge = (verdict: 'solved' | 'unsolved') =>
    run(() => {
      const words = reason.trim()
      const body = { verdict, ...(verdict === 'unsolved' && words.length > 1 ? { reason: words } : {}) }
      return api.call('judgeTicket', { params: { ticketId }, body })
    })
  return (
    <div className="stack">
      <Failure error={error} />
      {ticket.mayJudge && (
        <>
          <p className="field-label">{say('ticket.ask')}</p>
          <div className="row">
            <Button busy={busy} onClick={() => void judge('solved')}>
              {say('ticket.solved')}
            </Button>
            <Button kind="quiet" onClick={() => setOpen('unsolved')}>
              {say('ticket.unsolved')}
            </Button>
          </div>
        </>
      )}
      {ticket.mayReopen && (
        <Button kind="link" onClick={() => setOpen('unsolved')}>
          {say('ticket.unsolved')}
        </Button>
      )}
      {ticket.mayWrite && <Message ticketId={ticketId} busy={busy} run={run} />}
      {ticket.mayWithdraw && (
        <Button kind="link" onClick={() => setOpen('withdraw')}>
          {say('ticket.withdraw')}
        </Button>
      )}
      {open === 'unsolved' && (
        <Dialog
          title={say('ticket.unsolvedAsk')}
          confirm={say('ticket.unsolved')}
          onConfirm={() => void judge('unsolved')}
          onCancel={() => setOpen(undefined)}
          busy={busy}
        >
          <p>{say('ticket.unsolvedText')}</p>
          <TextArea
            id="ticket-unsolved"
            label={say('ticket.unsolvedReason')}
            maxLength={1000}
            value={reason}
            onChange={setReason}
            error={undefined}
          />
        </Dialog>
      )}
      {open === 'withdraw' && (
        <Dialog
          title={say('ticket.withdrawAsk')}
          confirm={say('ticket.withdraw')}
          onConfirm={() => void run(() => api.call('withdrawTicket', { params: { ticketId } }))}
          onCancel={() => setOpen(undefined)}
          busy={busy}
        >
          {say('ticket.withdrawText')}
        </Dialog>
      )}
    </div>
  )
}

interface MessageProps {
  ticketId: string
  busy: boolean
  run: (work: () => Promise<unknown>) => Promise<void>
}

/** More words, kept on the phone until they are sent. */
const Message = ({ ticketId, busy, run }: MessageProps) => {
  const { value, change, drop } = useDraft(`ticket message ${ticketId}`, nothing)
  const words = value.words.trim()
  const send = () => {
    const requestId = value.requestId || makeRequestId()
    change({ requestId })
    return run(async () => {
      await api.call('writeToTicket', { params: { ticketId }, body: { requestId, statement: words } })
      change(nothing)
      drop()
    })
  }
  return (
    <>
      <TextArea
        id={`ticket-message-${ticketId}`}
        label={say('ticket.write')}
        maxLength={1000}
        value={value.words}
        onChange={(text) => change({ words: text, requestId: '' })}
        error={undefined}
      />
      {words.length > 1 && (
        <Button kind="quiet" busy={busy} onClick={() => void send()}>
          {say('ticket.send')}
        </Button>
      )}
    </>
  )
}
