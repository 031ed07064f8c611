import {
  REQUIRED_TEST_SKIPS,
  REQUIRED_TEST_VIEWS,
  REQUIRED_ZONE_KINDS,
  ZONE_PARTS,
} from '@jiankangbao/domain/testing/required-test'
import { PROPOSAL_STATES } from '@jiankangbao/domain/vocabulary/approval'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Cursor,
  DivisionCode,
  Instant,
  Lines,
  OneOf,
  PageSize,
  RequestId,
  RequiredTestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { CategoryTitle } from '../reasons.ts'
import type { operations } from './operations.ts'

export const about = 'Required tests: by posts, by zones and after rounds, and who is overdue'

/** A key of `requiredTests` of a ruleset. */
export const RequiredTestRuleKey = Type.String({
  pattern: '^[a-z][a-z_]{1,39}$',
  maxLength: 40,
  examples: ['cold_chain'],
})

/** What asks for a test: a rule by its title, or a round by its name. */
const Cause = {
  rule: Type.Optional(Shown('cold_chain')),
  /** Absent for a rule that the rules in force do not have any more. */
  title: Type.Optional(CategoryTitle),
  roundName: Type.Optional(Shown('全员核酸第一轮')),
  /** A sample in a pool does not count. */
  single: Type.Boolean(),
}

export const RequiredTest = Type.Object({
  requiredTestId: RequiredTestId,
  nameMasked: Shown('张*'),
  ...Cause,
  divisionCode: DivisionCode,
  divisionName: Shown('示例社区'),
  /** Samples after this count. */
  askedAt: Instant,
  dueAt: Instant,
  overdue: Type.Boolean(),
  /** That it was missed was proposed; what became of it. */
  proposal: Type.Optional(OneOf(PROPOSAL_STATES)),
})
export type RequiredTest = Static<typeof RequiredTest>

export const RequiredTestCount = Type.Object({
  ...Cause,
  everyDays: Type.Optional(Type.Integer()),
  /** Who is asked; absent for rounds. */
  who: Type.Optional(OneOf(['post', 'zone'])),
  zones: Type.Optional(Type.Array(OneOf(REQUIRED_ZONE_KINDS))),
  part: Type.Optional(OneOf(ZONE_PARTS)),
  /** Asked for a test now. */
  open: Type.Integer(),
  /** Of these, until the end of tomorrow. */
  soon: Type.Integer(),
  /** Of these, past the deadline. */
  overdue: Type.Integer(),
  /** Of the overdue ones, proposed. */
  proposed: Type.Integer(),
  /** Tested as asked within the last seven days. */
  met: Type.Integer(),
})
export type RequiredTestCount = Static<typeof RequiredTestCount>

export const OwnRequiredTest = Type.Object({
  /** Absent for the caller. */
  memberId: Type.Optional(Uuid),
  nameMasked: Shown('张*'),
  rule: Shown('cold_chain'),
  title: Type.Optional(CategoryTitle),
  single: Type.Boolean(),
  dueAt: Instant,
  overdue: Type.Boolean(),
})
export type OwnRequiredTest = Static<typeof OwnRequiredTest>

/** What became of each row of a proposal about many, in the order of the request. */
export const OverdueTestRows = Type.Object({
  done: Type.Integer(),
  skipped: Type.Integer(),
  rows: Type.Array(
    Type.Object({
      requiredTestId: RequiredTestId,
      done: Type.Boolean(),
      skipped: Type.Optional(OneOf(REQUIRED_TEST_SKIPS)),
    }),
  ),
})
export type OverdueTestRows = Static<typeof OverdueTestRows>

export const schemas = {
  /** The earliest deadline first. The list is on record with its filters. */
  listRequiredTests: {
    summary: 'Lists who of a division has to be tested by when, or is overdue',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      view: Type.Optional(OneOf(REQUIRED_TEST_VIEWS)),
      rule: Type.Optional(RequiredTestRuleKey),
      divisionCode: Type.Optional(DivisionCode),
    }),
    responses: {
      200: Type.Object({ tests: Type.Array(RequiredTest), nextCursor: Type.Optional(Cursor) }),
    },
  },
  getRequiredTestFigures: {
    summary: 'Tells the rules of required tests in force, and how many of a division they ask',
    query: Closed({ divisionCode: Type.Optional(DivisionCode) }),
    responses: { 200: Type.Object({ counts: Type.Array(RequiredTestCount) }) },
  },
  /** Each becomes a proposal of its own; somebody else decides. Nobody is coloured by a deadline. */
  proposeOverdueTests: {
    summary: 'Proposes that required tests were missed, row by row',
    body: Closed({
      requestId: RequestId,
      requiredTestIds: Type.Array(RequiredTestId, { minItems: 1, maxItems: 100, uniqueItems: true }),
      evidence: Lines({ minLength: 4, maxLength: 500 }),
    }),
    responses: {
      200: OverdueTestRows,
    },
  },
  /** Until the deadline has passed; then the rule asks again. */
  exemptFromRequiredTest: {
    summary: 'Exempts somebody from one required test, with the reason',
    params: Closed({ requiredTestId: RequiredTestId }),
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 200 }) }),
    responses: { 204: Type.Null() },
  },
  listOwnRequiredTests: {
    summary: 'Lists tests that rules ask of the caller or of members without an account',
    responses: { 200: Type.Object({ tests: Type.Array(OwnRequiredTest) }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
