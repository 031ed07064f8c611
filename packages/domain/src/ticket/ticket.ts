import { shanghaiDayOf } from '../time/shanghai.ts'

/** What people call or write about. */
export const TICKET_KINDS = [
  'question',
  'call_back',
  'cannot_register',
  'wrong_data',
  'paper_code',
  'venue',
  'rude_check',
  'praise',
] as const
export type TicketKind = (typeof TICKET_KINDS)[number]

/** `app`: by the citizen; `call`: by an operator during a call. */
export const TICKET_CHANNELS = ['app', 'call'] as const
export type TicketChannel = (typeof TICKET_CHANNELS)[number]

/**
 * new → dispatched → signed → answered → closed. An office signs for what it was given or sends it back with its grounds:
 * the first time it is `returned` to the hotline, the second time it goes to `arbitration`, and what the arbiter says stands.
 */
export const TICKET_STATES = [
  'new',
  'dispatched',
  'signed',
  'returned',
  'arbitration',
  'answered',
  'closed',
] as const
export type TicketState = (typeof TICKET_STATES)[number]

export const TICKET_STEPS = [
  'submitted',
  'recorded',
  'dispatched',
  'signed',
  'sent_back',
  'arbitrated',
  'noted',
  'replied',
  'wrote',
  'paused',
  'resumed',
  'answered',
  'tried',
  'closed',
  'reopened',
  'withdrawn',
  'overdue',
  'merged',
  'unmerged',
  'linked',
  'unlinked',
] as const
export type TicketStep = (typeof TICKET_STEPS)[number]

/** What stays between offices: the caller does not see these steps. */
export const INTERNAL_STEPS: readonly TicketStep[] = ['sent_back', 'arbitrated', 'noted', 'tried', 'overdue']
/** The steps whose words are meant for the caller, or are the caller's own. */
export const TOLD_STEPS: readonly TicketStep[] = ['replied', 'wrote', 'answered', 'reopened']

/** Why a ticket is closed: the caller said so in the app, on the phone, could not be reached, or took it back. */
export const TICKET_CLOSINGS = ['word', 'call_back', 'unreached', 'withdrawn'] as const
export type TicketClosing = (typeof TICKET_CLOSINGS)[number]

export const TICKET_VERDICTS = ['solved', 'unsolved'] as const
export type TicketVerdict = (typeof TICKET_VERDICTS)[number]
export const TICKET_CALL_OUTCOMES = ['solved', 'unsolved', 'not_reached'] as const
export type TicketCallOutcome = (typeof TICKET_CALL_OUTCOMES)[number]

interface AskedForm {
  /** What the form asks besides the words: one of these, a place, a day. */
  choices: readonly TicketChoice[]
  asksPlace?: 'required' | 'optional'
  asksDay?: true
  /** It may be about somebody whom the author looks after. */
  asksPerson?: true
}

export const TICKET_CHOICES = [
  'sms',
  'identity',
  'face',
  'name',
  'document_type',
  'phone',
  'birth_date',
  'lost',
  'unreadable',
  'not_issued',
  'no_code',
  'wrong_details',
  'closed',
  'other',
] as const
export type TicketChoice = (typeof TICKET_CHOICES)[number]

/** What each kind asks for. How long an answer may take, and who gives it, is the policy of the hotline. */
export const TICKET_FORMS: Readonly<Record<TicketKind, AskedForm>> = {
  question: { choices: [] },
  call_back: { choices: [] },
  cannot_register: { choices: ['sms', 'identity', 'face', 'other'] },
  wrong_data: { choices: ['name', 'document_type', 'phone', 'birth_date', 'other'], asksPerson: true },
  paper_code: { choices: ['lost', 'unreadable', 'not_issued', 'other'], asksPerson: true },
  venue: { choices: ['no_code', 'wrong_details', 'closed', 'other'], asksPlace: 'required' },
  rude_check: { choices: [], asksPlace: 'required', asksDay: true },
  praise: { choices: [], asksPlace: 'optional' },
}

export interface TicketForm {
  choice?: TicketChoice | undefined
  place?: string | undefined
  happenedOn?: string | undefined
}
type FormFault = { field: keyof TicketForm; reason: 'required' | 'not_allowed' | 'in_future' }

/** What is wrong with the form of a kind; a field that the kind does not ask for is refused. */
export const findFormFault = (kind: TicketKind, form: TicketForm, today: string): FormFault | undefined => {
  const { choices, asksPlace, asksDay } = TICKET_FORMS[kind]
  if (choices.length > 0 && !form.choice) return { field: 'choice', reason: 'required' }
  if (form.choice && !choices.includes(form.choice)) return { field: 'choice', reason: 'not_allowed' }
  const place = form.place?.trim()
  if (asksPlace === 'required' && !place) return { field: 'place', reason: 'required' }
  if (!asksPlace && form.place !== undefined) return { field: 'place', reason: 'not_allowed' }
  if (asksDay && !form.happenedOn) return { field: 'happenedOn', reason: 'required' }
  if (!asksDay && form.happenedOn !== undefined) return { field: 'happenedOn', reason: 'not_allowed' }
  if (form.happenedOn !== undefined && form.happenedOn > today)
    return { field: 'happenedOn', reason: 'in_future' }
  return undefined
}

/** What may be done with a ticket, and in which states. */
const ACTS = {
  dispatch: ['new', 'returned'],
  sign: ['dispatched'],
  sendBack: ['dispatched'],
  arbitrate: ['arbitration'],
  pause: ['signed'],
  answer: ['signed'],
  call: ['answered'],
  judge: ['answered'],
  merge: ['new', 'dispatched', 'signed', 'returned', 'arbitration', 'answered'],
  withdraw: ['new', 'dispatched', 'signed', 'returned', 'arbitration'],
  write: ['new', 'dispatched', 'signed', 'returned', 'arbitration', 'answered'],
} as const satisfies Record<string, readonly TicketState[]>
export type TicketAct = keyof typeof ACTS

export interface TicketFacts {
  state: TicketState
  /** How often offices sent it back in this round. */
  returns: number
  /** The arbiter has said whose it is. */
  settled: boolean
  paused: boolean
  /** It is read and worked on with another one. */
  merged: boolean
  /** It belongs to an appeal that is not decided: what is decided is said there. */
  appealing: boolean
}

/** Whether an act fits how a ticket stands; who may do it is asked elsewhere. */
export const mayAct = (act: TicketAct, ticket: TicketFacts): boolean => {
  const { state, settled, merged, appealing } = ticket
  if (merged) return false
  if (act === 'answer' && appealing) return false
  if (act === 'sendBack' && settled) return false
  return (ACTS[act] as readonly TicketState[]).includes(state)
}

/** Where a ticket goes that an office sends back: the second time to the arbiter. */
export const stateAfterReturn = ({ returns }: Pick<TicketFacts, 'returns'>): TicketState =>
  returns === 0 ? 'returned' : 'arbitration'

export interface TicketPerson {
  personId: string | null
  phone: string
}

/**
 * Whether two tickets are of one person, which merging needs: both of one human, or both of callers who never registered, from one
 * number. A number alone says nothing about somebody who registered: it may be the next one's.
 * @param human all persons that are one with the first ticket's
 */
export const isSamePerson = (one: TicketPerson, other: TicketPerson, human: readonly string[]): boolean => {
  if (one.personId === null && other.personId === null) return one.phone === other.phone
  return other.personId !== null && human.indexOf(other.personId) >= 0
}

const TRIES = 3
/** How long after it was closed somebody may still say that nothing was solved. */
export const REOPEN_DAYS = 30

/** Whether nobody was reached on so many different days that the ticket closes. */
export const isUnreachable = (triedAtMs: readonly number[]): boolean =>
  new Set(triedAtMs.map((at) => shanghaiDayOf(at))).size >= TRIES
