import type { CompanionRequest, VisitRecorded } from '@jiankangbao/contracts/visit/schemas'
import { useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { wordKeyOf } from './verdict.ts'

/** Who says that the account holder came along to a door: they confirm it here, or not. */
export const CompanionScreen = () => {
  const open = useGate('companion')
  return <Screen name="companion">{open && <Requests />}</Screen>
}

const Recorded = ({ recorded }: { recorded: VisitRecorded }) => (
  <ul className="plain-list stack">
    {recorded.visits.map((visit) => (
      <li className="card" key={visit.nameMasked} data-testid="confirmed" data-decision={visit.decision}>
        <p className="card-title">{recorded.venue.name}</p>
        <span className={`chip chip-${visit.colour}`}>{say(`colour.${visit.colour}`)}</span>{' '}
        <span className={`verdict verdict-${visit.decision}`}>{say(wordKeyOf(visit))}</span>
      </li>
    ))}
  </ul>
)

const Requests = () => {
  const list = useRemote(() => api.call('listCompanionRequests', {}))
  const [recorded, setRecorded] = useState<VisitRecorded>()
  const [refused, setRefused] = useState(false)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const answer = async ({ companionRequestId }: CompanionRequest, said: 'confirmed' | 'refused') => {
    setBusy(true)
    setError(undefined)
    try {
      const answered = await api.call('answerCompanionRequest', {
        params: { companionRequestId },
        body: { answer: said },
      })
      setRecorded(answered.recorded)
      setRefused(said === 'refused')
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      list.reload()
    }
  }
  const requests = list.value?.requests ?? []
  return (
    <div className="stack">
      <p className="lead">{say('door.companionLead')}</p>
      <Failure error={error ?? list.error} onRetry={list.reload} />
      {recorded && <Recorded recorded={recorded} />}
      {refused && <Message kind="good">{say('door.companionRefused')}</Message>}
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      {list.value && requests.length === 0 && !recorded && !refused && (
        <p className="empty">{say('door.companionNone')}</p>
      )}
      <ul className="plain-list stack">
        {requests.map((request) => (
          <li className="card stack" key={request.companionRequestId} data-testid="companion-request">
            <p className="card-title">
              {say('door.companionAsked', { name: request.askedBy, place: request.venue.name })}
            </p>
            <p className="small">
              {request.venue.point} · {momentText(request.askedAt)}
            </p>
            <div className="row">
              <Button busy={busy} onClick={() => answer(request, 'confirmed')}>
                {say('door.companionConfirm')}
              </Button>
              <Button kind="quiet" busy={busy} onClick={() => answer(request, 'refused')}>
                {say('door.companionRefuse')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
