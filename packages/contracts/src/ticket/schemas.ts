import {
  TICKET_CALL_OUTCOMES,
  TICKET_CHANNELS,
  TICKET_CHOICES,
  TICKET_CLOSINGS,
  TICKET_KINDS,
  TICKET_STATES,
  TICKET_STEPS,
  TICKET_VERDICTS,
} from '@jiankangbao/domain/ticket/ticket'
import { APPEAL_STATES, PICTURE_TYPES } from '@jiankangbao/domain/vocabulary/appeals'
import { RELATIONS } from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import { OfficeAppealEntry } from '../appeal/schemas.ts'
import {
  CalendarDate,
  Closed,
  Cursor,
  DivisionCode,
  Flag,
  Instant,
  Lines,
  LookupPurpose,
  OneOf,
  PageSize,
  PersonId,
  PersonName,
  Phone,
  RequestId,
  ShortText,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { TICKET_MAX_PICTURES } from './limits.ts'
import type { operations } from './operations.ts'

export const about = 'Tickets: what people write or call about, until they say that it is solved'

export const TicketKind = OneOf(TICKET_KINDS)
export const TicketState = OneOf(TICKET_STATES)
const TicketStep = OneOf(TICKET_STEPS)

const Statement = Lines({ minLength: 4, maxLength: 1000, description: 'what it is about' })
const Told = Lines({ minLength: 2, maxLength: 1000 })
const Grounds = Lines({
  minLength: 2,
  maxLength: 500,
  description: 'for colleagues; the caller does not see it',
})

/** What each kind asks for stands in `packages/domain/src/ticket/ticket.ts`. */
const form = {
  choice: Type.Optional(OneOf(TICKET_CHOICES)),
  place: Type.Optional(ShortText),
  happenedOn: Type.Optional(CalendarDate),
}
const asked = {
  requestId: RequestId,
  kind: TicketKind,
  ...form,
  statement: Statement,
  /** Where it is about. */
  divisionCode: DivisionCode,
}

export const NewTicket = Closed({
  ...asked,
  /** Of whom in the author's care it is, where its kind asks; without it, of the author. */
  memberId: Type.Optional(Uuid),
  contactPhone: Phone,
  pictures: Type.Array(
    Closed({
      content: Type.String({
        minLength: 4,
        maxLength: 2_097_152,
        pattern: '^[A-Za-z0-9+/]+={0,2}$',
        examples: ['/9j/4AAQSkZJRg=='],
        description: 'base64 of a JPEG or PNG of at most 1.5 MiB',
      }),
    }),
    { maxItems: TICKET_MAX_PICTURES },
  ),
})
export type NewTicket = Static<typeof NewTicket>

export const CalledTicket = Closed({
  ...asked,
  /** Of the caller, with an account or without. */
  phone: Phone,
  callerName: Type.Optional(PersonName),
})
export type CalledTicket = Static<typeof CalledTicket>

const common = {
  ticketId: Uuid,
  number: Shown('20220315-100001'),
  kind: TicketKind,
  channel: OneOf(TICKET_CHANNELS),
  state: TicketState,
  statement: Shown('门口只让扫码，老人没有手机进不去。'),
  ...form,
  pictures: Type.Integer(),
  divisionName: Shown('示例区'),
  submittedAt: Instant,
  answer: Type.Optional(Shown('已与场所核实，今后可以出示证件。')),
  closing: Type.Optional(OneOf(TICKET_CLOSINGS)),
  closedAt: Type.Optional(Instant),
  /** Of whom in the author's care it is. */
  memberMasked: Type.Optional(Shown('张**')),
  /** One more each time somebody said that nothing was solved. */
  rounds: Type.Integer(),
  /** It is worked on with that one, where its answer comes. */
  mergedInto: Type.Optional(Shown('20220315-100002')),
  /** The appeal that decides what it asks, and how that stands. */
  appeal: Type.Optional(Type.Object({ appealId: Uuid, state: OneOf(APPEAL_STATES) })),
}

/** One thing that happened; who did it is told to callers by office, never by name. */
const entry = {
  at: Instant,
  step: TicketStep,
  office: Type.Optional(Shown('示例区防疫办')),
  words: Type.Optional(Shown('请补充场所名称。')),
}

export const Ticket = Type.Object({
  ...common,
  entries: Type.Array(Type.Object(entry)),
  mayWrite: Type.Boolean(),
  mayJudge: Type.Boolean(),
  mayReopen: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
})
export type Ticket = Static<typeof Ticket>

const office = {
  ...common,
  /** Whose offices have it; none while the hotline has. */
  assignedName: Type.Optional(Shown('示例区')),
  /** Nothing while the clock stands still, before the dispatch, or after the answer. */
  dueAt: Type.Optional(Instant),
  overdue: Type.Boolean(),
  paused: Type.Boolean(),
  callerMasked: Type.Optional(Shown('张*')),
  relation: Type.Optional(OneOf(RELATIONS)),
  signedBy: Type.Optional(Shown('李示例')),
}
export const OfficeTicketEntry = Type.Object(office)
export type OfficeTicketEntry = Static<typeof OfficeTicketEntry>

/** What whoever looks at a ticket may do with it now. */
const acts = Type.Object({
  dispatch: Type.Boolean(),
  sign: Type.Boolean(),
  sendBack: Type.Boolean(),
  arbitrate: Type.Boolean(),
  pause: Type.Boolean(),
  resume: Type.Boolean(),
  answer: Type.Boolean(),
  call: Type.Boolean(),
  write: Type.Boolean(),
  merge: Type.Boolean(),
  unmerge: Type.Boolean(),
  link: Type.Boolean(),
})

export const OfficeTicket = Type.Object({
  ...office,
  divisionCode: Shown('110101'),
  assignedCode: Type.Optional(Shown('110101')),
  phoneMasked: Shown('138****0001'),
  /** Where the caller has registered; reading a ticket is a look-up that the person sees. */
  personId: Type.Optional(PersonId),
  hasAccount: Type.Boolean(),
  mergedIntoId: Type.Optional(Uuid),
  /** Tickets that are worked on with this one; their entries are among its own. */
  merged: Type.Array(
    Type.Object({
      ticketId: Uuid,
      number: Shown('20220315-100001'),
      kind: TicketKind,
      statement: Shown('门口只让扫码，老人没有手机进不去。'),
      submittedAt: Instant,
      pictures: Type.Integer(),
    }),
  ),
  entries: Type.Array(
    Type.Object({
      ...entry,
      operator: Type.Optional(Shown('李示例')),
      /** Of a dispatch: whose it is from then on. */
      toName: Type.Optional(Shown('示例区')),
      internal: Type.Boolean(),
      /** Of which ticket it is, where of one that was merged into this one. */
      ofNumber: Type.Optional(Shown('20220315-100001')),
    }),
  ),
  acts,
})
export type OfficeTicket = Static<typeof OfficeTicket>

const params = Closed({ ticketId: Uuid })
const given = { params, responses: { 200: OfficeTicket } }

export const schemas = {
  submitTicket: {
    summary: 'Writes to the city about something',
    body: NewTicket,
    responses: { 201: Ticket },
  },
  listMyTickets: {
    summary: 'Lists the tickets of the account, those by telephone too',
    responses: { 200: Type.Object({ tickets: Type.Array(Ticket) }) },
  },
  writeToTicket: {
    summary: 'Adds words to an own ticket',
    params,
    body: Closed({ requestId: RequestId, statement: Told }),
    responses: { 201: Ticket },
  },
  /** `unsolved` takes it up again, also within 30 days after it was closed. */
  judgeTicket: {
    summary: 'Says whether an own ticket is solved',
    params,
    body: Closed({ verdict: OneOf(TICKET_VERDICTS), reason: Type.Optional(Told) }),
    responses: { 200: Ticket },
  },
  withdrawTicket: {
    summary: 'Takes an own ticket back',
    params,
    responses: { 200: Ticket },
  },
  recordTicket: {
    summary: 'Writes a ticket down during a call, also for callers without an account',
    body: CalledTicket,
    responses: { 201: OfficeTicket },
  },
  listTickets: {
    summary: 'Lists the tickets of a division, those to be worked on oldest first',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(TicketState),
      kind: Type.Optional(TicketKind),
      mine: Type.Optional(Flag),
      overdue: Type.Optional(Flag),
    }),
    responses: {
      200: Type.Object({ tickets: Type.Array(OfficeTicketEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  searchTickets: {
    summary: 'Finds the tickets of one telephone number, with a purpose',
    body: Closed({ phone: Phone, purpose: LookupPurpose }),
    responses: { 200: Type.Object({ tickets: Type.Array(OfficeTicketEntry) }) },
  },
  getTicket: { summary: 'Gives a ticket with everything that happened to it', ...given },
  getTicketPicture: {
    summary: 'Gives a picture that came with a ticket',
    params: Closed({ ticketId: Uuid, number: Type.String({ pattern: '^[1-3]$', examples: ['1'] }) }),
    responses: {
      200: Type.Object({ mediaType: OneOf(PICTURE_TYPES), content: Shown('/9j/4AAQSkZJRg==', 'base64') }),
    },
  },
  revealTicketPhone: {
    summary: 'Shows the telephone number of a ticket in full',
    params,
    body: Closed({ purpose: LookupPurpose }),
    responses: { 200: Type.Object({ phone: Phone, callerName: Type.Optional(PersonName) }) },
  },
  dispatchTicket: {
    summary: 'Gives a ticket to the offices of a division; its clock starts',
    ...given,
    body: Closed({ divisionCode: DivisionCode, note: Type.Optional(Grounds) }),
  },
  signTicket: { summary: 'Signs for a ticket: the office works on it', ...given },
  sendBackTicket: {
    summary: 'Sends a ticket back with grounds; the second time it goes to the arbiter',
    ...given,
    body: Closed({ reason: Grounds }),
  },
  arbitrateTicket: {
    summary: 'Says whose a ticket is that was sent back twice; nobody sends it back again',
    ...given,
    body: Closed({ divisionCode: DivisionCode, reason: Grounds }),
  },
  noteOnTicket: {
    summary: 'Writes on a ticket, for colleagues or for the caller',
    ...given,
    body: Closed({ requestId: RequestId, note: Told, forCaller: Type.Boolean() }),
  },
  pauseTicket: {
    summary: 'Stops the clock of a ticket, as while the caller is asked for something',
    ...given,
    body: Closed({ reason: Grounds }),
  },
  resumeTicket: { summary: 'Lets the clock of a ticket go on', ...given },
  answerTicket: {
    summary: 'Answers a ticket; the caller says whether it is solved',
    ...given,
    body: Closed({ answer: Lines({ minLength: 10, maxLength: 1000 }) }),
  },
  listRelatedTickets: {
    summary: 'Lists other tickets and the appeals of whoever a ticket is of',
    params,
    responses: {
      200: Type.Object({ tickets: Type.Array(OfficeTicketEntry), appeals: Type.Array(OfficeAppealEntry) }),
    },
  },
  /** Same person only; nothing is moved, and `unmergeTicket` undoes it. */
  mergeTicket: {
    summary: 'Merges a ticket into another of the same person; they are worked on as one',
    ...given,
    body: Closed({ into: Uuid, reason: Grounds }),
  },
  unmergeTicket: {
    summary: 'Takes a merged ticket out again; it is what it was before',
    ...given,
    body: Closed({ reason: Grounds }),
  },
  linkTicketAppeal: {
    summary: 'Says which appeal decides what a ticket asks, or that none does',
    ...given,
    body: Closed({ appealId: Type.Optional(Uuid), reason: Grounds }),
  },
  recordTicketCall: {
    summary: 'Says what the caller said when called back, or that nobody was reached',
    ...given,
    body: Closed({
      requestId: RequestId,
      outcome: OneOf(TICKET_CALL_OUTCOMES),
      note: Type.Optional(Lines({ minLength: 2, maxLength: 500 })),
    }),
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
