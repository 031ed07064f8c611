import { useState } from 'react'
import { goTo, replaceWith } from '../../platform/navigate.ts'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useDraft } from '../../state/use-draft.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { say, sayCategory, sayCode } from '../../words/words.ts'
import { type Faults, faultsOf, faultText } from '../declare/faults.ts'
import { PlaceField } from '../declare/place-field.tsx'
import { loadDivisions } from '../declare/places.ts'
import { noPlace } from '../declare/stays.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { isCode } from '../session/is-code.ts'
import './appeal.css'
import { PicturesField } from './pictures-field.tsx'

/** Three pictures over a poor network, and the server draws each anew. */
const SEND_MS = 60_000

const empty = { statement: '', phone: '', where: noPlace, requestId: '' }

const findFaults = (value: typeof empty): Faults => {
  const faults: Faults = {}
  if (value.statement.trim().length < 10) faults.statement = 'too_short'
  if (value.phone.trim() === '') faults.contactPhone = 'required'
  if (value.where.code === '') faults.divisionCode = 'choose'
  return faults
}

/** What the rules call the reason. */
const loadTitle = async (category: string, memberId: string | undefined) => {
  const { reasons } = await api.call('getPass', { query: memberId === undefined ? {} : { memberId } })
  return reasons.find((reason) => reason.category === category)?.title
}

const isOpenAlready = (error: unknown): boolean =>
  isCode(error, 'STATE_CONFLICT') && error.fields.some(({ reason }) => reason === 'open_appeal')

const AppealForm = () => {
  const { category = '', member } = useScreenParams('appeal')
  const { value, change, drop } = useDraft(`appeal ${category} ${member ?? ''}`, empty)
  const title = useRemote(() => loadTitle(category, member))
  // Pictures are too large to be kept on the phone.
  const [pictures, setPictures] = useState<string[]>([])
  const [faults, setFaults] = useState<Faults>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const edit = (part: Partial<typeof empty>) => {
    setFaults({})
    change({ ...part, requestId: '' })
  }
  const submit = async () => {
    const found = findFaults(value)
    setFaults(found)
    if (Object.keys(found).length > 0) return focusFirstWrong()
    const requestId = value.requestId || makeRequestId()
    change({ requestId })
    setBusy(true)
    setError(undefined)
    try {
      const body = {
        requestId,
        category,
        statement: value.statement.trim(),
        contactPhone: value.phone.trim(),
        divisionCode: value.where.code,
        pictures: pictures.map((content) => ({ content })),
        ...(member ? { memberId: member } : {}),
      }
      await api.call('submitAppeal', { body }, { timeoutMs: SEND_MS })
      drop()
      replaceWith('appeals', { done: 'yes' })
    } catch (refusal) {
      setError(refusal)
      setFaults(faultsOf(refusal))
    } finally {
      setBusy(false)
    }
  }
  const fault = (field: string) => faultText(faults, field)
  const open = isOpenAlready(error)
  return (
    <div className="card stack">
      <p className="lead">{say('appeal.lead')}</p>
      {/* Its line is there from the beginning: a form that moves loses the tap that meets it. */}
      {title.loading ? (
        <p className="card-title" aria-hidden="true">
          {'\u00a0'}
        </p>
      ) : (
        <h2 className="card-title">{say('appeal.against', { reason: sayCategory(title.value) })}</h2>
      )}
      <TextArea
        id="appeal-statement"
        label={say('appeal.statement')}
        hint={say('appeal.statementHint')}
        maxLength={1000}
        value={value.statement}
        onChange={(statement) => edit({ statement })}
        error={fault('statement')}
      />
      <PicturesField
        value={pictures}
        faults={faults}
        onChange={(next) => {
          setPictures(next)
          edit({})
        }}
      />
      <Field
        id="appeal-phone"
        type="tel"
        label={say('appeal.phone')}
        hint={say('appeal.phoneHint')}
        maxLength={40}
        value={value.phone}
        onChange={(phone) => edit({ phone })}
        error={fault('contactPhone')}
      />
      <PlaceField
        id="appeal-where"
        label={say('appeal.division')}
        value={value.where}
        onChange={(where) => edit({ where })}
        load={loadDivisions}
        stopFrom={1}
        error={fault('divisionCode')}
      />
      {fault('category') !== undefined && <Message kind="wrong">{fault('category')}</Message>}
      {open && (
        <Message kind="wrong">
          {sayCode('reasons', 'open_appeal')}{' '}
          <Button kind="link" onClick={() => goTo('appeals')}>
            {say('appeal.list')}
          </Button>
        </Message>
      )}
      {!open && <Failure error={error} />}
      <Button busy={busy} onClick={() => void submit()}>
        {say('appeal.submit')}
      </Button>
      <p className="small">{say('appeal.kept')}</p>
    </div>
  )
}

/** An objection to one reason of a colour. */
export const AppealFormScreen = () => {
  const open = useGate('appeal')
  return <Screen name="appeal">{open && <AppealForm />}</Screen>
}
