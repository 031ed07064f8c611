import { useState } from 'react'
import { makeRequestId } from '../../platform/random-id.ts'
import { useDeed } from '../../state/use-deed.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { say } from '../../words/words.ts'
import { faultsOf, faultText } from '../declare/faults.ts'

interface AskedActProps {
  id: string
  /** What the button says that opens it. */
  title: string
  /** What it asks: a name, a reason, a number. */
  asks: string
  confirm: string
  warning?: string
  type?: 'tel'
  least?: number
  danger?: boolean
  /** The same request id until something else is typed: sent twice it is done once. */
  act: (text: string, requestId: string) => Promise<unknown>
  onDone: () => void
}

/** A deed that needs one line of text first. */
export const AskedAct = (props: AskedActProps) => {
  const { id, title, asks, confirm, warning, type, least = 2, danger = false, act, onDone } = props
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [requestId, setRequestId] = useState('')
  const [missing, setMissing] = useState(false)
  const { busy, error, run } = useDeed()
  const edit = (typed: string) => {
    setText(typed)
    setRequestId('')
    setMissing(false)
  }
  const submit = () => {
    if (text.trim().length < least) return setMissing(true)
    const own = requestId || makeRequestId()
    setRequestId(own)
    void run(async () => {
      await act(text.trim(), own)
      setOpen(false)
      edit('')
      onDone()
    })
  }
  if (!open)
    return (
      <Button kind={danger ? 'link' : 'quiet'} onClick={() => setOpen(true)}>
        {title}
      </Button>
    )
  const told = Object.keys(faultsOf(error))[0]
  const wrong = told === undefined ? undefined : faultText(faultsOf(error), told)
  return (
    <div className="stack">
      {warning !== undefined && <p>{warning}</p>}
      <Field
        id={id}
        label={asks}
        maxLength={type === 'tel' ? 24 : 100}
        {...(type === undefined ? {} : { type })}
        value={text}
        onChange={edit}
        error={missing ? say('reasons.required') : wrong}
      />
      {wrong === undefined && <Failure error={error} />}
      <div className="row">
        <Button kind={danger ? 'danger' : 'main'} busy={busy} onClick={submit}>
          {confirm}
        </Button>
        <Button kind="link" onClick={() => setOpen(false)}>
          {say('action.cancel')}
        </Button>
      </div>
    </div>
  )
}
