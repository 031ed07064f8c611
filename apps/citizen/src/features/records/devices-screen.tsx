import type { SessionEntry } from '@jiankangbao/contracts/account/schemas'
import { useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { SignInRequests } from './sign-in-requests.tsx'

const Devices = () => {
  const list = useRemote(() => api.call('listSessions', {}))
  const [asked, setAsked] = useState<SessionEntry>()
  const [done, setDone] = useState(false)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const revoke = async (sessionId: string) => {
    setBusy(true)
    setError(undefined)
    try {
      await api.call('revokeSession', { params: { sessionId } })
      setDone(true)
      list.reload()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      setAsked(undefined)
    }
  }
  return (
    <div className="stack">
      <SignInRequests onAnswered={list.reload} />
      <Failure error={error ?? list.error} onRetry={list.reload} />
      {done && <Message kind="good">{say('records.revoked')}</Message>}
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      <ul className="plain-list stack">
        {(list.value?.sessions ?? []).map((device) => (
          <li className="card" key={device.sessionId} data-testid="device">
            <div className="person-head">
              <span className="person-name">{device.deviceName}</span>
              {!device.proved && <span className="chip chip-yellow">{say('prove.waiting')}</span>}
              {device.current && <span className="chip chip-green">{say('records.current')}</span>}
            </div>
            <p className="small">{say('records.signedIn', { at: momentText(device.createdAt) })}</p>
            <p className="small">{say('records.lastUsed', { at: momentText(device.lastUsedAt) })}</p>
            {!device.current && (
              <Button
                kind="link"
                label={`${say('records.revoke')} ${device.deviceName}`}
                onClick={() => setAsked(device)}
              >
                {say('records.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <Dialog
          title={say('records.revokeAsk', { name: asked.deviceName })}
          confirm={say('records.revoke')}
          onConfirm={() => revoke(asked.sessionId)}
          onCancel={() => setAsked(undefined)}
          busy={busy}
        >
          {say('records.revokeText')}
        </Dialog>
      )}
    </div>
  )
}

/** Where this account is signed in. */
export const DevicesScreen = () => {
  const open = useGate('devices')
  return (
    <Screen name="devices">
      <p className="lead">{say('records.devicesLead')}</p>
      {open && <Devices />}
    </Screen>
  )
}
