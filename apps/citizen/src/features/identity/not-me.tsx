import { useState } from 'react'
import { startAt } from '../../platform/navigate.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { endSession } from '../session/session.ts'

/** For whoever has a number that was somebody else's. */
export const NotMe = () => {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const leave = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await api.call('leaveNumber', {})
      endSession()
      startAt('sign-in')
    } catch (refusal) {
      setError(refusal)
      setAsking(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Failure error={error} />
      <Button kind="link" onClick={() => setAsking(true)}>
        {say('settings.notMe')}
      </Button>
      {asking && (
        <Dialog
          title={say('settings.notMeAsk')}
          confirm={say('settings.notMe')}
          onConfirm={leave}
          onCancel={() => setAsking(false)}
          busy={busy}
        >
          {say('settings.notMeText')}
        </Dialog>
      )}
    </>
  )
}
