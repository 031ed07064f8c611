import { type Static, Type } from 'typebox'
import {
  CategoryTitle,
  Closed,
  Cursor,
  DivisionCode,
  Id,
  Instant,
  Lines,
  PageSize,
  Phone,
  Purpose,
  RequestId,
  ShortText,
  Uuid,
} from './atoms.ts'
import { Person, Proposal } from './finding.ts'

/** Where an appeal stands: `upheld`, `refused`, `answered` and `withdrawn` are the ends. */
export const AppealState = Type.Union([
  Type.Literal('submitted'),
  Type.Literal('in_progress'),
  Type.Literal('proposed'),
  Type.Literal('upheld'),
  Type.Literal('refused'),
  Type.Literal('answered'),
  Type.Literal('withdrawn'),
])
export type AppealState = Static<typeof AppealState>

/** Bytes of one picture at most; phones make theirs smaller before they send them. */
export const APPEAL_PICTURE_BYTES = 1_572_864
export const APPEAL_MAX_PICTURES = 3

export const NewAppeal = Closed({
  requestId: RequestId,
  /** Of the household; absent for the account's own person. */
  memberId: Type.Optional(Uuid),
  /** Of the reason appealed against, as the status page shows it. */
  category: ShortText,
  statement: Lines({ minLength: 10, maxLength: 1000, description: 'what is wrong' }),
  contactPhone: Phone,
  divisionCode: DivisionCode,
  pictures: Type.Array(
    Closed({
      content: Type.String({
        minLength: 4,
        maxLength: 2_097_152,
        pattern: '^[A-Za-z0-9+/]+={0,2}$',
        description: 'base64 of a JPEG or PNG of at most 1.5 MiB',
      }),
    }),
    { maxItems: APPEAL_MAX_PICTURES },
  ),
})
export type NewAppeal = Static<typeof NewAppeal>

/** One step; who did it is told by office, never by name. */
const step = {
  at: Instant,
  step: Type.Union([
    Type.Literal('submitted'),
    Type.Literal('taken'),
    Type.Literal('handed_over'),
    /** To the city's headquarters. */
    Type.Literal('escalated'),
    Type.Literal('proposed'),
    Type.Literal('reopened'),
    Type.Literal('upheld'),
    Type.Literal('refused'),
    Type.Literal('answered'),
    Type.Literal('withdrawn'),
  ]),
  office: Type.Optional(Type.String()),
}
const common = {
  appealId: Uuid,
  category: Type.String(),
  state: AppealState,
  nameMasked: Type.String(),
  statement: Type.String(),
  pictures: Type.Integer(),
  divisionCode: DivisionCode,
  divisionName: Type.String(),
  /** Handed up to the city's headquarters, and still there. */
  escalated: Type.Boolean(),
  submittedAt: Instant,
}

export const Appeal = Type.Object({
  ...common,
  /** The words of the rules for the category, for phones that have none. */
  title: Type.Optional(CategoryTitle),
  memberId: Type.Optional(Uuid),
  /** What the office says to it, or the reason of the one who decided. */
  answer: Type.Optional(Type.String()),
  mayWithdraw: Type.Boolean(),
  steps: Type.Array(Type.Object(step)),
})
export type Appeal = Static<typeof Appeal>

export const OfficeAppealEntry = Type.Object({
  ...common,
  handledBy: Type.Optional(Type.String()),
  mine: Type.Boolean(),
})
export type OfficeAppealEntry = Static<typeof OfficeAppealEntry>

/** A result of a laboratory behind a reason; people are named by the file only, and nobody else of a pool. */
export const TestBehind = Type.Object({
  testId: Id,
  /** At its laboratory; results from lists have none. */
  number: Type.Optional(Type.String()),
  laboratory: Type.String(),
  sampledAt: Instant,
  reportedAt: Instant,
  kind: Type.Union([Type.Literal('single'), Type.Literal('pooled')]),
  result: Type.Union([Type.Literal('negative'), Type.Literal('positive')]),
  /** 1 as first reported; each correction counts one. */
  version: Type.Integer(),
  withdrawnAt: Type.Optional(Instant),
  /** What headquarters decided about a positive. */
  verdict: Type.Optional(Type.Union([Type.Literal('approved'), Type.Literal('rejected')])),
})
export type TestBehind = Static<typeof TestBehind>

export const OfficeAppeal = Type.Object({
  ...common,
  personId: Id,
  handledBy: Type.Optional(Type.String()),
  mine: Type.Boolean(),
  contactPhoneMasked: Type.String(),
  answer: Type.Optional(Type.String()),
  proposalId: Type.Optional(Id),
  /** Findings behind the reason as it is now: what a proposal would end or withdraw, all of them. */
  findingIds: Type.Array(Id),
  /** Results behind a positive test; seeing them is an entry in the audit log. */
  tests: Type.Array(TestBehind),
  mayEscalate: Type.Boolean(),
  steps: Type.Array(
    Type.Object({ ...step, operator: Type.Optional(Type.String()), note: Type.Optional(Type.String()) }),
  ),
  /** The person's file as it is now: colour, reasons, findings. Reading it is a look-up that the person sees. */
  person: Person,
})
export type OfficeAppeal = Static<typeof OfficeAppeal>

const params = Closed({ appealId: Uuid })
const Text = Lines({ minLength: 10, maxLength: 1000 })

export const appeal = {
  submitAppeal: { body: NewAppeal, responses: { 201: Appeal } },
  listMyAppeals: { responses: { 200: Type.Object({ appeals: Type.Array(Appeal) }) } },
  withdrawAppeal: { params, responses: { 200: Appeal } },

  listAppeals: {
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(AppealState),
      mine: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
      escalated: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
    }),
    responses: {
      200: Type.Object({ appeals: Type.Array(OfficeAppealEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  getAppeal: { params, responses: { 200: OfficeAppeal } },
  getAppealPicture: {
    params: Closed({ appealId: Uuid, number: Type.String({ pattern: '^[1-3]$' }) }),
    responses: {
      200: Type.Object({
        mediaType: Type.Union([Type.Literal('image/jpeg'), Type.Literal('image/png')]),
        content: Type.String({ description: 'base64' }),
      }),
    },
  },
  revealAppealPhone: {
    params,
    body: Closed({ purpose: Purpose }),
    responses: { 200: Type.Object({ contactPhone: Phone }) },
  },
  takeAppeal: { params, responses: { 200: OfficeAppeal } },
  handOverAppeal: {
    params,
    body: Closed({ divisionCode: DivisionCode, note: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: OfficeAppealEntry },
  },
  /** To the city's headquarters, by an office that can not decide it. */
  escalateAppeal: {
    params,
    body: Closed({ note: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: OfficeAppealEntry },
  },
  /** Leaves the colour as it is and says why. */
  answerAppeal: { params, body: Closed({ answer: Text }), responses: { 200: OfficeAppeal } },
  /** Proposes that the findings behind the reason end or were never right; somebody else decides. */
  proposeAppeal: {
    params,
    body: Closed({
      requestId: RequestId,
      kind: Type.Union([Type.Literal('ended'), Type.Literal('withdrawn')]),
      endedAt: Type.Optional(Instant),
      evidence: Lines({ minLength: 4, maxLength: 500 }),
    }),
    responses: { 201: Proposal },
  },
}
