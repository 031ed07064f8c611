import type { ReceivedRequest } from '@jiankangbao/contracts/member/schemas'
import { useState } from 'react'
import { useDeed } from '../../state/use-deed.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

type Answer = 'agreed' | 'refused' | 'reported'

const titleOf = ({ askedBy, aboutMasked }: ReceivedRequest): string =>
  aboutMasked === undefined
    ? say('family.receivedBy', { name: askedBy })
    : say('family.receivedAbout', { name: askedBy, about: aboutMasked })

interface RequestCardProps {
  request: ReceivedRequest
  busy: boolean
  onAnswer: (answer: Answer) => void
}

const RequestCard = ({ request, busy, onAnswer }: RequestCardProps) => {
  const { relation, aboutMasked, expiresAt, askedBy } = request
  const isOwn = aboutMasked === undefined
  const who = { relation: say(`family.relations.${relation}`) }
  const label = (text: string) => `${text} ${askedBy}`
  return (
    <li className="card stack" data-testid="family-request">
      <p className="card-title">{titleOf(request)}</p>
      <p>{say(isOwn ? 'family.receivedRelation' : 'family.receivedAboutRelation', who)}</p>
      <p className="small">{say(isOwn ? 'family.receivedText' : 'family.receivedAboutText')}</p>
      <p className="small">{say('family.receivedUntil', { at: momentText(expiresAt) })}</p>
      <div className="row">
        <Button busy={busy} onClick={() => onAnswer('agreed')} label={label(say('family.agree'))}>
          {say('family.agree')}
        </Button>
        <Button
          kind="quiet"
          busy={busy}
          onClick={() => onAnswer('refused')}
          label={label(say('family.refuse'))}
        >
          {say('family.refuse')}
        </Button>
        <Button
          kind="link"
          disabled={busy}
          onClick={() => onAnswer('reported')}
          label={label(say('family.report'))}
        >
          {say('family.report')}
        </Button>
      </div>
    </li>
  )
}

/** Who wants to look after the account holder, or after a child of theirs. Agreeing and reporting ask once more. */
export const ReceivedRequests = () => {
  const list = useRemote(() => api.call('listFamilyRequests', {}))
  const [asking, setAsking] = useState<{ request: ReceivedRequest; answer: 'agreed' | 'reported' }>()
  const [done, setDone] = useState<Answer>()
  const deed = useDeed()
  const answer = async ({ familyRequestId }: ReceivedRequest, said: Answer) => {
    await deed.run(async () => {
      await api.call('answerFamilyRequest', { params: { familyRequestId }, body: { answer: said } })
      setDone(said)
    })
    setAsking(undefined)
    list.reload()
  }
  const requests = list.value?.requests ?? []
  return (
    <>
      <Failure error={deed.error ?? list.error} onRetry={list.reload} />
      {done && <Message kind="good">{say(`family.${done}`)}</Message>}
      {requests.length > 0 && (
        <section className="stack" aria-label={say('family.receivedTitle')}>
          <h2 className="card-title">{say('family.receivedTitle')}</h2>
          <ul className="plain-list stack">
            {requests.map((request) => (
              <RequestCard
                key={request.familyRequestId}
                request={request}
                busy={deed.busy}
                onAnswer={(said) =>
                  said === 'refused' ? answer(request, said) : setAsking({ request, answer: said })
                }
              />
            ))}
          </ul>
        </section>
      )}
      {asking && (
        <Dialog
          title={say(asking.answer === 'agreed' ? 'family.agreeAsk' : 'family.reportAsk', {
            name: asking.request.askedBy,
          })}
          confirm={say(asking.answer === 'agreed' ? 'family.agree' : 'family.report')}
          onConfirm={() => answer(asking.request, asking.answer)}
          onCancel={() => setAsking(undefined)}
          busy={deed.busy}
        >
          {say(asking.answer === 'agreed' ? 'family.receivedText' : 'family.reportText')}
        </Dialog>
      )}
    </>
  )
}
