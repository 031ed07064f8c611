import { SHEET_OUTCOMES } from '@jiankangbao/domain/testing/my-test'
import { TEST_KINDS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { Closed, Instant, Lines, OneOf, Shown, TestId, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Printed results and their verification'

const facts = {
  nameMasked: Shown('张*'),
  result: OneOf(['negative', 'positive']),
  kind: OneOf(TEST_KINDS),
  sampledAt: Instant,
  receivedAt: Type.Optional(Instant),
  reportedAt: Instant,
  siteName: Type.Optional(Shown('示例广场采样点')),
  laboratory: Shown('示例检验所'),
}
/** What a sheet says; never a document, a phone or a colour. */
export const SheetFacts = Type.Object(facts)
export type SheetFacts = Static<typeof SheetFacts>

export const ResultSheet = Type.Object({
  ...facts,
  /** The link behind the printed code. */
  qrText: Shown('https://jkb.example/r/…'),
  issuedAt: Instant,
  serverTime: Instant,
})
export type ResultSheet = Static<typeof ResultSheet>

export const SheetVerification = Type.Object({
  outcome: OneOf(SHEET_OUTCOMES),
  /** For `valid` alone. */
  sheet: Type.Optional(SheetFacts),
  issuedAt: Type.Optional(Instant),
  serverTime: Instant,
})
export type SheetVerification = Static<typeof SheetVerification>

export const schemas = {
  issueResultSheet: {
    summary: 'Gives the sheet of a result with its code, of the caller or of a member',
    body: Closed({ testId: TestId, memberId: Type.Optional(Uuid) }),
    responses: { 200: ResultSheet },
  },
  verifyResultSheet: {
    summary: 'Tells what the code of a printed result stands for now',
    body: Closed({ qrText: Lines({ minLength: 1, maxLength: 600, examples: ['https://jkb.example/r/…'] }) }),
    responses: { 200: SheetVerification },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
