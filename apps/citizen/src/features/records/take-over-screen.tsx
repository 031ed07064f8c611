import type { TakeOver } from '@jiankangbao/contracts/take-over/schemas'
import { useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useHotline } from '../session/client-config.ts'
import { useGate } from '../session/gate.ts'

const Objected = ({ takeOver }: { takeOver: TakeOver }) => {
  const hotline = useHotline()
  const at = momentText(takeOver.dueAt ?? takeOver.objectUntil)
  return (
    <section className="card stack" data-testid="take-over" data-state="objected">
      <Message kind="info">
        {takeOver.isOld ? say('takeOver.objectedOld', { at }) : say('takeOver.objectedNew', { at, hotline })}
      </Message>
      <p>{say('takeOver.meanwhile')}</p>
    </section>
  )
}

const Moved = ({ takeOver, onObject }: { takeOver: TakeOver; onObject: () => void }) => {
  const hotline = useHotline()
  return (
    <section className="card stack" data-testid="take-over" data-state="moved">
      <p className="lead">{say('takeOver.moved', { at: momentText(takeOver.takenAt) })}</p>
      {takeOver.mayObject ? (
        <>
          <p>{say('takeOver.movedText', { until: momentText(takeOver.objectUntil) })}</p>
          <p className="small">{say('takeOver.effect')}</p>
          <Button kind="danger" onClick={onObject}>
            {say('takeOver.object')}
          </Button>
        </>
      ) : (
        <p>{say('takeOver.late', { hotline })}</p>
      )}
    </section>
  )
}

const Move = () => {
  const loaded = useRemote(() => api.call('getTakeOver', {}))
  useRenewal(loaded.reload)
  const [asking, setAsking] = useState(false)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const object = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await api.call('objectToTakeOver', {})
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      setAsking(false)
      loaded.reload()
    }
  }
  const takeOver = loaded.value?.takeOver
  const isNews = takeOver && (takeOver.isOld || takeOver.state !== 'moved')
  return (
    <div className="stack">
      <Failure error={error ?? loaded.error} onRetry={loaded.reload} />
      {loaded.loading && !loaded.value && <p role="status">{say('state.loading')}</p>}
      {loaded.value && !isNews && <p className="card">{say('takeOver.none')}</p>}
      {isNews && takeOver.state === 'moved' && <Moved takeOver={takeOver} onObject={() => setAsking(true)} />}
      {isNews && takeOver.state === 'objected' && <Objected takeOver={takeOver} />}
      {isNews && (takeOver.state === 'kept' || takeOver.state === 'returned') && (
        <section className="card" data-testid="take-over" data-state={takeOver.state}>
          <Message kind="good">{say(`takeOver.${takeOver.state}`)}</Message>
        </section>
      )}
      {asking && (
        <Dialog
          title={say('takeOver.objectAsk')}
          confirm={say('takeOver.object')}
          onConfirm={object}
          onCancel={() => setAsking(false)}
          busy={busy}
        >
          {say('takeOver.effect')}
        </Dialog>
      )}
    </div>
  )
}

/** An identity that moved from this phone, or to it: what happened, the objection, and the answer. */
export const TakeOverScreen = () => {
  const open = useGate('take-over')
  return <Screen name="take-over">{open && <Move />}</Screen>
}
