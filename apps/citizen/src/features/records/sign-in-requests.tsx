import type { SignInRequest } from '@jiankangbao/contracts/sign-in-proof/schemas'
import { useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'

type Answer = 'agreed' | 'refused'

const RequestCard = ({
  request,
  busy,
  onAnswer,
}: {
  request: SignInRequest
  busy: boolean
  onAnswer: (answer: Answer) => void
}) => (
  <li className="card stack" data-testid="sign-in-request">
    <p className="card-title">{say('prove.askedBy', { name: request.deviceName })}</p>
    <p className="small">{say('records.signedIn', { at: momentText(request.signedInAt) })}</p>
    <p>{say('prove.askedText')}</p>
    <div className="row">
      <Button busy={busy} onClick={() => onAnswer('agreed')}>
        {say('prove.agree')}
      </Button>
      <Button kind="quiet" busy={busy} onClick={() => onAnswer('refused')}>
        {say('prove.refuse')}
      </Button>
    </div>
  </li>
)

/** Sign-ins on new devices that ask this one. Agreeing asks once more: it opens everything to whoever holds that phone. */
export const SignInRequests = ({ onAnswered }: { onAnswered: () => void }) => {
  const list = useRemote(() => api.call('listSignInRequests', {}))
  useRenewal(list.reload)
  const [asking, setAsking] = useState<SignInRequest>()
  const [done, setDone] = useState<Answer>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const answer = async ({ proofId }: SignInRequest, said: Answer) => {
    setBusy(true)
    setError(undefined)
    try {
      await api.call('answerSignInRequest', { params: { proofId }, body: { answer: said } })
      setDone(said)
      onAnswered()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      setAsking(undefined)
      list.reload()
    }
  }
  const requests = list.value?.requests ?? []
  return (
    <>
      <Failure error={error ?? list.error} onRetry={list.reload} />
      {done && <Message kind="good">{say(`prove.${done}`)}</Message>}
      {requests.length > 0 && (
        <ul className="plain-list stack" aria-label={say('prove.requests')}>
          {requests.map((request) => (
            <RequestCard
              key={request.proofId}
              request={request}
              busy={busy}
              onAnswer={(said) => (said === 'refused' ? answer(request, said) : setAsking(request))}
            />
          ))}
        </ul>
      )}
      {asking && (
        <Dialog
          title={say('prove.agreeAsk', { name: asking.deviceName })}
          confirm={say('prove.agree')}
          onConfirm={() => answer(asking, 'agreed')}
          onCancel={() => setAsking(undefined)}
          busy={busy}
        >
          {say('prove.agreeText')}
        </Dialog>
      )}
    </>
  )
}
