import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'
import { CallModal } from './call-modal.tsx'
import { GiveModal } from './give-modal.tsx'
import { JoinModal } from './join-modal.tsx'
import { WordsModal } from './words-modal.tsx'

type Open =
  | 'merge'
  | 'unmerge'
  | 'link'
  | 'dispatch'
  | 'arbitrate'
  | 'sendBack'
  | 'pause'
  | 'answer'
  | 'reply'
  | 'note'
  | 'call'
/** The button of an act, in the order in which they stand; the first one that fits is the main one. */
const BUTTONS = [
  ['sign', 'sign'],
  ['arbitrate', 'arbitrate'],
  ['dispatch', 'dispatch'],
  ['answer', 'answer'],
  ['call', 'call'],
  ['sendBack', 'sendBack'],
  ['pause', 'pause'],
  ['resume', 'resume'],
  ['reply', 'write'],
  ['note', 'write'],
  ['merge', 'merge'],
  ['unmerge', 'unmerge'],
  ['link', 'link'],
] as const

/** What may be done with it now, by whom it is looked at. */
export const TicketActs = ({ ticket }: { ticket: OfficeTicket }) => {
  const { t } = useTranslation()
  const { ticketId } = ticket
  const [open, setOpen] = useState<Open>()
  // Sent again after an answer that was lost, it is the same note.
  const [requestId, setRequestId] = useState(createRequestId)
  const close = () => setOpen(undefined)
  const refresh = [['tickets']]
  const at = { params: { ticketId } }
  const sign = useAction({ run: () => call('signTicket', at), refresh, done: t('tickets.signed') })
  const resume = useAction({ run: () => call('resumeTicket', at), refresh, done: t('tickets.resumed') })
  const sendBack = useAction({
    run: (reason: string) => call('sendBackTicket', { ...at, body: { reason } }),
    ...{ refresh, done: t('tickets.sentBack'), onDone: close },
  })
  const pause = useAction({
    run: (reason: string) => call('pauseTicket', { ...at, body: { reason } }),
    ...{ refresh, done: t('tickets.paused'), onDone: close },
  })
  const answer = useAction({
    run: (words: string) => call('answerTicket', { ...at, body: { answer: words } }),
    ...{ refresh, done: t('tickets.answered'), onDone: close },
  })
  const part = useAction({
    run: (reason: string) => call('unmergeTicket', { ...at, body: { reason } }),
    ...{ refresh, done: t('tickets.merge.undone'), onDone: close },
  })
  const write = useAction({
    run: (note: string) =>
      call('noteOnTicket', {
        ...at,
        body: { requestId, note, forCaller: open === 'reply' },
      }),
    ...{ refresh, done: t('tickets.written') },
    onDone: () => {
      setRequestId(createRequestId())
      close()
    },
  })
  const press = (name: (typeof BUTTONS)[number][0]) => {
    if (name === 'sign') sign.mutate()
    else if (name === 'resume') resume.mutate()
    else setOpen(name)
  }
  const shown = BUTTONS.filter(([, act]) => ticket.acts[act])
  return (
    <>
      <Problem error={sign.error ?? resume.error} />
      <div className="ticket-acts">
        {shown.map(([name], index) => (
          <Button
            key={name}
            type={index === 0 ? 'primary' : 'default'}
            loading={(name === 'sign' && sign.isPending) || (name === 'resume' && resume.isPending)}
            onClick={() => press(name)}
          >
            {t(`tickets.acts.${name}`)}
          </Button>
        ))}
      </div>
      <GiveModal ticket={ticket} how="dispatch" open={open === 'dispatch'} onClose={close} />
      <GiveModal ticket={ticket} how="arbitrate" open={open === 'arbitrate'} onClose={close} />
      {(open === 'merge' || open === 'link') && <JoinModal ticket={ticket} how={open} onClose={close} />}
      <ReasonModal
        open={open === 'unmerge'}
        title={t('tickets.acts.unmerge')}
        label={t('tickets.grounds')}
        warning={t('tickets.merge.undoHint')}
        busy={part.isPending}
        error={part.error}
        onSubmit={(reason) => part.mutate(reason)}
        onClose={close}
      />
      <CallModal ticket={ticket} open={open === 'call'} onClose={close} />
      <ReasonModal
        open={open === 'sendBack'}
        title={t('tickets.acts.sendBack')}
        label={t('tickets.grounds')}
        warning={t('tickets.sendBackWarn')}
        busy={sendBack.isPending}
        error={sendBack.error}
        onSubmit={(reason) => sendBack.mutate(reason)}
        onClose={close}
      />
      <ReasonModal
        open={open === 'pause'}
        title={t('tickets.acts.pause')}
        label={t('tickets.grounds')}
        warning={t('tickets.pauseWarn')}
        busy={pause.isPending}
        error={pause.error}
        onSubmit={(reason) => pause.mutate(reason)}
        onClose={close}
      />
      <WordsModal
        open={open === 'answer'}
        title={t('tickets.acts.answer')}
        hint={t('tickets.answerHint')}
        least={10}
        forCaller
        action={answer}
        onClose={close}
      />
      <WordsModal
        open={open === 'reply' || open === 'note'}
        title={t(open === 'note' ? 'tickets.acts.note' : 'tickets.acts.reply')}
        hint={t(open === 'note' ? 'tickets.noteHint' : 'tickets.replyHint')}
        least={2}
        forCaller={open === 'reply'}
        action={write}
        onClose={close}
      />
    </>
  )
}
