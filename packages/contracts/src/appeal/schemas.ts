import { APPEAL_STATES, APPEAL_STEPS, PICTURE_TYPES } from '@jiankangbao/domain/vocabulary/appeals'
import { DECIDED } from '@jiankangbao/domain/vocabulary/approval'
import { FINDING_END_KINDS } from '@jiankangbao/domain/vocabulary/colours'
import { TEST_KINDS, TEST_RESULTS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Cursor,
  DivisionCode,
  FindingId,
  Flag,
  Instant,
  Lines,
  LookupPurpose,
  OneOf,
  PageSize,
  PersonId,
  Phone,
  ProposalId,
  RequestId,
  ShortText,
  Shown,
  TestId,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { Person } from '../person-file/schemas.ts'
import { Proposal } from '../proposal/schemas.ts'
import { CategoryTitle } from '../reasons.ts'
import { APPEAL_MAX_PICTURES } from './limits.ts'
import type { operations } from './operations.ts'

export const about = 'Appeals of citizens against a reason of their colour'

/** Where an appeal stands: `upheld`, `refused`, `answered` and `withdrawn` are the ends. */
export const AppealState = OneOf(APPEAL_STATES)
export type AppealState = Static<typeof AppealState>

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
        examples: ['/9j/4AAQSkZJRg=='],
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
  step: OneOf(APPEAL_STEPS),
  office: Type.Optional(Shown('示例区防疫办')),
}

const common = {
  appealId: Uuid,
  category: Shown('close_contact'),
  state: AppealState,
  nameMasked: Shown('张*'),
  statement: Shown('本人未去过该场所，附当日行程。'),
  pictures: Type.Integer(),
  divisionCode: DivisionCode,
  divisionName: Shown('示例区'),
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
  answer: Type.Optional(Shown('经核实，维持原码色')),
  mayWithdraw: Type.Boolean(),
  steps: Type.Array(Type.Object(step)),
})
export type Appeal = Static<typeof Appeal>

export const OfficeAppealEntry = Type.Object({
  ...common,
  handledBy: Type.Optional(Shown('李示例')),
  mine: Type.Boolean(),
})
export type OfficeAppealEntry = Static<typeof OfficeAppealEntry>

/** A result of a laboratory behind a reason; people are named by the file only, and nobody else of a pool. */
export const TestBehind = Type.Object({
  testId: TestId,
  /** At its laboratory; results from lists have none. */
  number: Type.Optional(Shown('B20220315-0007')),
  laboratory: Shown('示例实验室'),
  sampledAt: Instant,
  reportedAt: Instant,
  kind: OneOf(TEST_KINDS),
  result: OneOf(TEST_RESULTS),
  /** 1 as first reported; each correction counts one. */
  version: Type.Integer(),
  withdrawnAt: Type.Optional(Instant),
  /** What headquarters decided about a positive. */
  verdict: Type.Optional(OneOf(DECIDED)),
})
export type TestBehind = Static<typeof TestBehind>

export const OfficeAppeal = Type.Object({
  ...common,
  personId: PersonId,
  handledBy: Type.Optional(Shown('李示例')),
  mine: Type.Boolean(),
  contactPhoneMasked: Shown('138****0001'),
  answer: Type.Optional(Shown('经核实，维持原码色')),
  proposalId: Type.Optional(ProposalId),
  /** Findings behind the reason as it is now: what a proposal would end or withdraw, all of them. */
  findingIds: Type.Array(FindingId),
  /** Results behind a positive test; seeing them is an entry in the audit log. */
  tests: Type.Array(TestBehind),
  mayEscalate: Type.Boolean(),
  steps: Type.Array(
    Type.Object({
      ...step,
      operator: Type.Optional(Shown('李示例')),
      note: Type.Optional(Shown('已电话核实')),
    }),
  ),
  /** The person's file as it is now: colour, reasons, findings. Reading it is a look-up that the person sees. */
  person: Person,
})
export type OfficeAppeal = Static<typeof OfficeAppeal>

const params = Closed({ appealId: Uuid })

const Text = Lines({ minLength: 10, maxLength: 1000 })

export const schemas = {
  submitAppeal: {
    summary: 'Appeals against a reason of a colour',
    body: NewAppeal,
    responses: { 201: Appeal },
  },
  listMyAppeals: {
    summary: 'Lists the appeals of the account’s people',
    responses: { 200: Type.Object({ appeals: Type.Array(Appeal) }) },
  },
  withdrawAppeal: {
    summary: 'Withdraws an own appeal',
    params,
    responses: { 200: Appeal },
  },
  listAppeals: {
    summary: 'Lists appeals for the offices, oldest first',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(AppealState),
      mine: Type.Optional(Flag),
      escalated: Type.Optional(Flag),
    }),
    responses: {
      200: Type.Object({ appeals: Type.Array(OfficeAppealEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  getAppeal: {
    summary: 'Gives an appeal with the file of its person',
    params,
    responses: { 200: OfficeAppeal },
  },
  getAppealPicture: {
    summary: 'Gives a picture that came with an appeal',
    params: Closed({ appealId: Uuid, number: Type.String({ pattern: '^[1-3]$', examples: ['1'] }) }),
    responses: {
      200: Type.Object({
        mediaType: OneOf(PICTURE_TYPES),
        content: Shown('/9j/4AAQSkZJRg==', 'base64'),
      }),
    },
  },
  revealAppealPhone: {
    summary: 'Shows the contact phone of an appeal in full',
    params,
    body: Closed({ purpose: LookupPurpose }),
    responses: { 200: Type.Object({ contactPhone: Phone }) },
  },
  takeAppeal: {
    summary: 'Takes an appeal on',
    params,
    responses: { 200: OfficeAppeal },
  },
  handOverAppeal: {
    summary: 'Hands an appeal to the office of another division',
    params,
    body: Closed({ divisionCode: DivisionCode, note: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: OfficeAppealEntry },
  },
  /** To the city's headquarters, by an office that can not decide it. */
  escalateAppeal: {
    summary: 'Hands an appeal up to the city’s headquarters',
    params,
    body: Closed({ note: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: OfficeAppealEntry },
  },
  /** Leaves the colour as it is and says why. */
  answerAppeal: {
    summary: 'Answers an appeal and leaves the colour as it is',
    params,
    body: Closed({ answer: Text }),
    responses: { 200: OfficeAppeal },
  },
  /** Proposes that the findings behind the reason end or were never right; somebody else decides. */
  proposeAppeal: {
    summary: 'Proposes that the findings behind the reason end or were never right',
    params,
    body: Closed({
      requestId: RequestId,
      kind: OneOf(FINDING_END_KINDS),
      endedAt: Type.Optional(Instant),
      evidence: Lines({ minLength: 4, maxLength: 500 }),
    }),
    responses: { 201: Proposal },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
