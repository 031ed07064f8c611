import type { MyExposure } from '@jiankangbao/contracts/tracing/schemas'
import { useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'

/** "I was not there": stands on this one stay. */
const ObjectionForm = (props: {
  exposureId: string
  onSent: (dueAt: string) => void
  onCancel: () => void
}) => {
  const [statement, setStatement] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [short, setShort] = useState(false)
  const send = async () => {
    setShort(statement.trim().length < 4)
    if (statement.trim().length < 4) return
    setBusy(true)
    setError(undefined)
    try {
      const { dueAt } = await api.call('objectToExposure', {
        params: { exposureId: props.exposureId },
        body: { statement: statement.trim() },
      })
      props.onSent(dueAt)
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      <TextArea
        id={`statement-${props.exposureId}`}
        label={say('sharedStays.statement')}
        hint={say('sharedStays.statementHint')}
        maxLength={500}
        value={statement}
        onChange={setStatement}
        error={short ? say('sharedStays.statementHint') : undefined}
      />
      <Failure error={error} />
      <div className="row">
        <Button busy={busy} onClick={() => void send()}>
          {say('sharedStays.send')}
        </Button>
        <Button kind="link" onClick={props.onCancel}>
          {say('sharedStays.cancel')}
        </Button>
      </div>
    </div>
  )
}

const objectionText = ({ objection, dueAt }: MyExposure): string =>
  objection === undefined ? '' : say(`sharedStays.state.${objection}`, { at: dueAt ? momentText(dueAt) : '' })

const Stay = ({ stay, onSent }: { stay: MyExposure; onSent: (dueAt: string) => void }) => {
  const [objecting, setObjecting] = useState(false)
  return (
    <li className="card stack" data-testid="shared-stay" data-stands={String(stay.stands)}>
      <p className="row">
        <span className={`verdict verdict-${stay.stands ? 'review' : 'admit'}`}>
          {say(`sharedStays.group.${stay.group}`)}
        </span>
        <span className="small">{say(stay.stands ? 'sharedStays.stands' : 'sharedStays.gone')}</span>
      </p>
      <p className="timeline-title">
        {say('sharedStays.where', { on: stay.metOn, kind: sayCode('kind', stay.venueKind) })}
      </p>
      <p className="small">{stay.nameMasked}</p>
      {stay.objection !== undefined && <p data-testid="objection">{objectionText(stay)}</p>}
      {stay.answer !== undefined && <p>{say('sharedStays.answer', { answer: stay.answer })}</p>}
      {stay.stands && stay.objection === undefined && !objecting && (
        <Button kind="quiet" onClick={() => setObjecting(true)}>
          {say('sharedStays.object')}
        </Button>
      )}
      {objecting && (
        <ObjectionForm
          exposureId={stay.exposureId}
          onSent={(dueAt) => {
            setObjecting(false)
            onSent(dueAt)
          }}
          onCancel={() => setObjecting(false)}
        />
      )}
    </li>
  )
}

const SharedStays = () => {
  const list = useRemote(() => api.call('listMyExposures', {}))
  useRenewal(list.reload)
  const [dueAt, setDueAt] = useState<string>()
  const stays = list.value?.exposures ?? []
  return (
    <div className="stack">
      {dueAt !== undefined && (
        <Message kind="good">{say('sharedStays.sent', { at: momentText(dueAt) })}</Message>
      )}
      <Failure error={list.error} onRetry={list.reload} />
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      {list.value && stays.length === 0 && <p className="empty">{say('sharedStays.nobody')}</p>}
      <ul className="plain-list stack">
        {stays.map((stay) => (
          <Stay
            key={stay.exposureId}
            stay={stay}
            onSent={(due) => {
              setDueAt(due)
              list.reload()
            }}
          />
        ))}
      </ul>
    </div>
  )
}

/** Stays together with a case that changed a code: kind of place and day, never who. */
export const SharedStaysScreen = () => {
  const open = useGate('shared-stays')
  return (
    <Screen name="shared-stays">
      <p className="lead">{say('sharedStays.lead')}</p>
      <Button kind="link" onClick={() => goTo('lookups')}>
        {say('sharedStays.consulted')}
      </Button>
      {open && <SharedStays />}
    </Screen>
  )
}
