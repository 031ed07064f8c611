import type { ProvincialCode } from '@jiankangbao/contracts/provincial/schemas'
import { useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { IdentityForm } from './identity-form.tsx'
import './other-codes.css'

/** The provincial code as last given, never without its age; asked for anew on request. */
export const ProvincialCard = ({ memberId }: { memberId: string | undefined }) => {
  const of = memberId === undefined ? {} : { memberId }
  const known = useRemote(() => api.call('getProvincialCode', { query: of }))
  const [fresh, setFresh] = useState<ProvincialCode>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const refresh = () => {
    setBusy(true)
    setError(undefined)
    api
      .call('refreshProvincialCode', { body: of })
      .then(setFresh, setError)
      .then(() => setBusy(false))
  }
  const code = fresh ?? known.value
  return (
    <section className="other-code" aria-label={say('otherCodes.provincial')} data-testid="provincial-code">
      <h2 className="other-code-title">{say('otherCodes.provincial')}</h2>
      {memberId !== undefined && <MemberName memberId={memberId} />}
      <Failure error={known.error} onRetry={known.reload} />
      {!code && known.loading && <p role="status">{say('state.loading')}</p>}
      {code && !busy && <Given code={code} />}
      {busy && <p role="status">{say('otherCodes.asking')}</p>}
      {code && !code.reachable && <Message kind="network">{say('otherCodes.away')}</Message>}
      <Failure error={error} />
      {code?.state === 'identity_stale' && <IdentityForm memberId={memberId} onDone={setFresh} />}
      {code && (
        <Button kind="quiet" onClick={refresh} busy={busy} id="refresh-provincial">
          {say('otherCodes.refresh')}
        </Button>
      )}
      <p className="small">{say('otherCodes.worst')}</p>
    </section>
  )
}

const MemberName = ({ memberId }: { memberId: string }) => {
  const { value } = useRemote(() => api.call('listMembers', {}))
  const member = value?.members.find((each) => each.memberId === memberId)
  return member ? <p>{say('otherCodes.of', { name: member.nameMasked })}</p> : null
}

const Given = ({ code }: { code: ProvincialCode }) => (
  <>
    {code.colour && code.observedAt && (
      <div className={`other-code-given other-code-${code.colour}`}>
        <span className="other-code-colour">{say(`colour.${code.colour}`)}</span>
        <span>{say('otherCodes.asOf', { at: momentText(code.observedAt) })}</span>
      </div>
    )}
    {code.colour === 'none' && <Message kind="info">{say('otherCodes.tooOld')}</Message>}
    {code.state === 'waiting' && <Message kind="info">{say('otherCodes.waiting')}</Message>}
    {code.state === 'not_found' && <Message kind="info">{say('otherCodes.notFound')}</Message>}
    {code.state === 'identity_stale' && <Message kind="wrong">{say('otherCodes.identityStale')}</Message>}
  </>
)
