import { useState } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useDraft } from '../../state/use-draft.ts'
import { Field } from '../../ui/field.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { say } from '../../words/words.ts'
import { type Faults, faultsOf, faultText } from '../declare/faults.ts'
import { PlaceField } from '../declare/place-field.tsx'
import { loadDivisions } from '../declare/places.ts'
import { noPlace } from '../declare/stays.ts'
import { PicturesField } from './pictures-field.tsx'

/** Three pictures over a poor network, and the server draws each anew. */
export const SEND_MS = 60_000

/** What everybody writes who wants an office to answer: what it is about, how to be reached, and where. */
export const emptyStatement = { statement: '', phone: '', where: noPlace, requestId: '' }
type Statement = typeof emptyStatement

export const statementFaults = (value: Statement, leastCharacters: number): Faults => {
  const faults: Faults = {}
  if (value.statement.trim().length < leastCharacters) faults.statement = 'too_short'
  if (value.phone.trim() === '') faults.contactPhone = 'required'
  if (value.where.code === '') faults.divisionCode = 'choose'
  return faults
}

export const statementBody = (value: Statement, requestId: string, pictures: readonly string[]) => ({
  requestId,
  statement: value.statement.trim(),
  contactPhone: value.phone.trim(),
  divisionCode: value.where.code,
  pictures: pictures.map((content) => ({ content })),
})

interface Options<Draft> {
  /** Of the draft that is kept on the phone. */
  name: string
  empty: Draft
  findFaults: (value: Draft) => Faults
  send: (value: Draft, requestId: string, pictures: readonly string[]) => Promise<unknown>
  /** Where the list is on which it then stands. */
  doneAt: 'appeals' | 'tickets'
}

/** A statement with pictures until it is sent: what was typed survives a reload, and sent twice it is one. */
export const useStatementForm = <Draft extends Statement>(options: Options<Draft>) => {
  const { value, change, drop } = useDraft(options.name, options.empty)
  // Pictures are too large to be kept on the phone.
  const [pictures, setPictures] = useState<string[]>([])
  const [faults, setFaults] = useState<Faults>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const edit = (part: Partial<Draft>) => {
    setFaults({})
    change({ ...part, requestId: '' })
  }
  const submit = async () => {
    const found = options.findFaults(value)
    setFaults(found)
    if (Object.keys(found).length > 0) return focusFirstWrong()
    const requestId = value.requestId || makeRequestId()
    change({ requestId } as Partial<Draft>)
    setBusy(true)
    setError(undefined)
    try {
      await options.send(value, requestId, pictures)
      drop()
      replaceWith(options.doneAt, { done: 'yes' })
    } catch (refusal) {
      setError(refusal)
      setFaults(faultsOf(refusal))
    } finally {
      setBusy(false)
    }
  }
  const choosePictures = (next: string[]) => {
    setPictures(next)
    edit({})
  }
  return {
    ...{ value, edit, submit, busy, error },
    ...{ pictures, choosePictures, faults, fault: (field: string) => faultText(faults, field) },
  }
}

interface FieldsProps {
  /** Section of the words, and beginning of the fields' ids. */
  of: 'appeal' | 'ticket'
  form: {
    value: Statement
    edit: (part: Partial<Statement>) => void
    pictures: string[]
    choosePictures: (next: string[]) => void
    faults: Faults
    fault: (field: string) => string | undefined
  }
}

export const StatementFields = ({ of, form }: FieldsProps) => {
  const { value, edit, fault } = form
  return (
    <>
      <TextArea
        id={`${of}-statement`}
        label={say(`${of}.statement`)}
        hint={say(`${of}.statementHint`)}
        maxLength={1000}
        value={value.statement}
        onChange={(statement) => edit({ statement })}
        error={fault('statement')}
      />
      <PicturesField value={form.pictures} faults={form.faults} onChange={form.choosePictures} />
      <Field
        id={`${of}-phone`}
        type="tel"
        label={say(`${of}.phone`)}
        hint={say(`${of}.phoneHint`)}
        maxLength={40}
        value={value.phone}
        onChange={(phone) => edit({ phone })}
        error={fault('contactPhone')}
      />
      <PlaceField
        id={`${of}-where`}
        label={say(`${of}.division`)}
        value={value.where}
        onChange={(where) => edit({ where })}
        load={loadDivisions}
        stopFrom={1}
        error={fault('divisionCode')}
      />
    </>
  )
}
