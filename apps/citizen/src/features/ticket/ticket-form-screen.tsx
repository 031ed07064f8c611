import {
  TICKET_KINDS,
  TICKET_NORMS,
  type TicketChoice,
  type TicketKind,
} from '@jiankangbao/domain/ticket/ticket'
import { useState } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useDraft } from '../../state/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Screen } from '../../ui/screen.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { say } from '../../words/words.ts'
import { PicturesField } from '../appeal/pictures-field.tsx'
import { DayField } from '../declare/day-field.tsx'
import { dayOfDigits } from '../declare/days.ts'
import { type Faults, faultsOf, faultText } from '../declare/faults.ts'
import { PlaceField } from '../declare/place-field.tsx'
import { loadDivisions } from '../declare/places.ts'
import { noPlace } from '../declare/stays.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'

/** Three pictures over a poor network, and the server draws each anew. */
const SEND_MS = 60_000

const empty = {
  kind: '' as TicketKind | '',
  choice: '' as TicketChoice | '',
  place: '',
  happenedOn: '',
  statement: '',
  phone: '',
  where: noPlace,
  requestId: '',
}
type Draft = typeof empty

const findFaults = (value: Draft): Faults => {
  const faults: Faults = {}
  const norm = value.kind === '' ? undefined : TICKET_NORMS[value.kind]
  if (!norm) faults.kind = 'choose'
  if (norm && norm.choices.length > 0 && value.choice === '') faults.choice = 'choose'
  if (norm?.asksPlace === 'required' && value.place.trim() === '') faults.place = 'required'
  if (norm?.asksDay && value.happenedOn === '') faults.happenedOn = 'required'
  if (value.statement.trim().length < 4) faults.statement = 'too_short'
  if (value.phone.trim() === '') faults.contactPhone = 'required'
  if (value.where.code === '') faults.divisionCode = 'choose'
  return faults
}

const bodyOf = (value: Draft, kind: TicketKind, requestId: string, pictures: readonly string[]) => {
  const norm = TICKET_NORMS[kind]
  const place = value.place.trim()
  return {
    requestId,
    kind,
    ...(value.choice === '' ? {} : { choice: value.choice }),
    ...(norm.asksPlace && place !== '' ? { place } : {}),
    ...(norm.asksDay ? { happenedOn: dayOfDigits(value.happenedOn) } : {}),
    statement: value.statement.trim(),
    contactPhone: value.phone.trim(),
    divisionCode: value.where.code,
    pictures: pictures.map((content) => ({ content })),
  }
}

interface PartProps {
  value: Draft
  edit: (part: Partial<Draft>) => void
  fault: (field: string) => string | undefined
}

/** What the chosen kind asks besides the words. */
const KindFields = ({ value, edit, fault }: PartProps) => {
  if (value.kind === '') return null
  const { choices, asksPlace, asksDay } = TICKET_NORMS[value.kind]
  return (
    <>
      {choices.length > 0 && (
        <Choice
          label={say('ticket.choice')}
          value={value.choice === '' ? undefined : value.choice}
          options={choices.map((choice) => ({ value: choice, text: say(`ticket.choices.${choice}`) }))}
          onChange={(choice) => edit({ choice })}
          layout="chips"
          error={fault('choice')}
        />
      )}
      {asksPlace && (
        <Field
          id="ticket-place"
          label={say('ticket.place')}
          hint={say('ticket.placeHint')}
          maxLength={100}
          value={value.place}
          onChange={(place) => edit({ place })}
          error={fault('place')}
        />
      )}
      {asksDay && (
        <DayField
          id="ticket-day"
          label={say('ticket.happenedOn')}
          value={value.happenedOn}
          onChange={(happenedOn) => edit({ happenedOn })}
          error={fault('happenedOn')}
        />
      )}
    </>
  )
}

const TicketForm = () => {
  const { value, change, drop } = useDraft('ticket', empty)
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
    const found = findFaults(value)
    setFaults(found)
    if (Object.keys(found).length > 0 || value.kind === '') return focusFirstWrong()
    const requestId = value.requestId || makeRequestId()
    change({ requestId })
    setBusy(true)
    setError(undefined)
    try {
      const body = bodyOf(value, value.kind, requestId, pictures)
      await api.call('submitTicket', { body }, { timeoutMs: SEND_MS })
      drop()
      replaceWith('tickets', { done: 'yes' })
    } catch (refusal) {
      setError(refusal)
      setFaults(faultsOf(refusal))
    } finally {
      setBusy(false)
    }
  }
  const fault = (field: string) => faultText(faults, field)
  return (
    <div className="card stack">
      <p className="lead">{say('ticket.lead')}</p>
      <Choice
        label={say('ticket.kind')}
        value={value.kind === '' ? undefined : value.kind}
        options={TICKET_KINDS.map((kind) => ({ value: kind, text: say(`ticket.kinds.${kind}`) }))}
        onChange={(kind) => edit({ kind, choice: '', place: '', happenedOn: '' })}
        layout="chips"
        error={fault('kind')}
      />
      <KindFields value={value} edit={edit} fault={fault} />
      <TextArea
        id="ticket-statement"
        label={say('ticket.statement')}
        hint={say('ticket.statementHint')}
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
        id="ticket-phone"
        type="tel"
        label={say('ticket.phone')}
        hint={say('ticket.phoneHint')}
        maxLength={40}
        value={value.phone}
        onChange={(phone) => edit({ phone })}
        error={fault('contactPhone')}
      />
      <PlaceField
        id="ticket-where"
        label={say('ticket.division')}
        value={value.where}
        onChange={(where) => edit({ where })}
        load={loadDivisions}
        stopFrom={1}
        error={fault('divisionCode')}
      />
      <Failure error={error} />
      <Button busy={busy} onClick={() => void submit()}>
        {say('ticket.submit')}
      </Button>
      <p className="small">{say('ticket.kept')}</p>
    </div>
  )
}

/** Something to ask, to report or to praise. */
export const TicketFormScreen = () => {
  const open = useGate('ticket')
  return <Screen name="ticket">{open && <TicketForm />}</Screen>
}
