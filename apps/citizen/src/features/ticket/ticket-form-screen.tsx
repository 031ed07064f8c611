import {
  TICKET_FORMS,
  TICKET_KINDS,
  type TicketChoice,
  type TicketKind,
} from '@jiankangbao/domain/ticket/ticket'
import { useEffect, useState } from 'react'
import { useScreenParams } from '../../platform/screen-params.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import {
  emptyStatement,
  SEND_MS,
  StatementFields,
  statementBody,
  statementFaults,
  useStatementForm,
} from '../appeal/statement-form.tsx'
import { DayField } from '../declare/day-field.tsx'
import { dayOfDigits } from '../declare/days.ts'
import type { Faults } from '../declare/faults.ts'
import { PersonChoice } from '../members/person-choice.tsx'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'

const empty = {
  kind: '' as TicketKind | '',
  choice: '' as TicketChoice | '',
  place: '',
  happenedOn: '',
  /** Whom in the author's care it is about; '' for the author. */
  memberId: '',
  ...emptyStatement,
}
type Draft = typeof empty

const LEAST_CHARACTERS = 4

const findFaults = (value: Draft): Faults => {
  const faults: Faults = {}
  const norm = value.kind === '' ? undefined : TICKET_FORMS[value.kind]
  if (!norm) faults.kind = 'choose'
  if (norm && norm.choices.length > 0 && value.choice === '') faults.choice = 'choose'
  if (norm?.asksPlace === 'required' && value.place.trim() === '') faults.place = 'required'
  if (norm?.asksDay && value.happenedOn === '') faults.happenedOn = 'required'
  return { ...faults, ...statementFaults(value, LEAST_CHARACTERS) }
}

const send = (value: Draft, requestId: string, pictures: readonly string[]) => {
  const { kind, choice } = value
  if (kind === '') throw new Error('a ticket without a kind')
  const { asksPlace, asksDay, asksPerson } = TICKET_FORMS[kind]
  const place = value.place.trim()
  const body = {
    ...statementBody(value, requestId, pictures),
    kind,
    ...(choice === '' ? {} : { choice }),
    ...(asksPlace && place !== '' ? { place } : {}),
    ...(asksDay ? { happenedOn: dayOfDigits(value.happenedOn) } : {}),
    ...(asksPerson && value.memberId !== '' ? { memberId: value.memberId } : {}),
  }
  return api.call('submitTicket', { body }, { timeoutMs: SEND_MS })
}

interface PartProps {
  value: Draft
  edit: (part: Partial<Draft>) => void
  fault: (field: string) => string | undefined
}

/** What the chosen kind asks besides the words. */
const KindFields = ({ value, edit, fault }: PartProps) => {
  if (value.kind === '') return null
  const { choices, asksPlace, asksDay, asksPerson } = TICKET_FORMS[value.kind]
  return (
    <>
      {asksPerson && <PersonChoice value={value.memberId} onChange={(memberId) => edit({ memberId })} />}
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
  const form = useStatementForm({ name: 'ticket', empty, findFaults, send, doneAt: 'tickets' })
  const { value, edit, fault } = form
  const { kind: asked, member } = useScreenParams('ticket')
  // Who comes to be called back has nothing to choose; what was typed of something else stays.
  const [wanted] = useState(() => TICKET_KINDS.find((kind) => kind === asked))
  const missing = wanted !== undefined && value.kind === ''
  useEffect(() => {
    if (missing) edit({ kind: wanted, memberId: member ?? '' })
  })
  return (
    <div className="card stack">
      <p className="lead">{say('ticket.lead')}</p>
      <Choice
        label={say('ticket.kind')}
        value={value.kind === '' ? undefined : value.kind}
        options={TICKET_KINDS.map((kind) => ({ value: kind, text: say(`ticket.kinds.${kind}`) }))}
        onChange={(kind) => edit({ kind, choice: '', place: '', happenedOn: '', memberId: '' })}
        layout="chips"
        error={fault('kind')}
      />
      <KindFields value={value} edit={edit} fault={fault} />
      <StatementFields of="ticket" form={form} />
      <Failure error={form.error} />
      <Button busy={form.busy} onClick={() => void form.submit()}>
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
