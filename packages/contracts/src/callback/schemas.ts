import { CALL_OUTCOMES } from '@jiankangbao/domain/testing/my-test'
import { TEST_KINDS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { Closed, Instant, Line, LookupPurpose, OneOf, RequestId, Shown, TestId } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'People with a positive result who are to be called'

/** Somebody to be called before their phone says the word. */
export const Callback = Type.Object({
  testId: TestId,
  nameMasked: Shown('张*'),
  kind: OneOf(TEST_KINDS),
  siteName: Type.Optional(Shown('示例广场采样点')),
  laboratory: Shown('示例检验所'),
  sampledAt: Instant,
  reportedAt: Instant,
  /** From then on the phone says it, called or not. */
  shownAt: Instant,
  hasPhone: Type.Boolean(),
  calls: Type.Array(
    Type.Object({
      outcome: OneOf(CALL_OUTCOMES),
      at: Instant,
      by: Shown('王示例'),
      note: Type.Optional(Shown('无人接听')),
    }),
  ),
})
export type Callback = Static<typeof Callback>

const ofTest = Closed({ testId: TestId })

export const schemas = {
  listCallbacks: {
    summary: 'Lists people of the last day with a positive result, those not reached first',
    responses: { 200: Type.Object({ callbacks: Type.Array(Callback), serverTime: Instant }) },
  },
  revealCallbackPhone: {
    summary: 'Reveals the telephone of somebody to be called; they see that it was looked at',
    params: ofTest,
    body: Closed({ purpose: LookupPurpose }),
    responses: { 200: Type.Object({ phone: Shown('+8613800000001') }) },
  },
  recordCallback: {
    summary: 'Says whether somebody was reached; once reached, their phone says the word',
    params: ofTest,
    body: Closed({
      requestId: RequestId,
      outcome: OneOf(CALL_OUTCOMES),
      note: Type.Optional(Line({ minLength: 1, maxLength: 200, examples: ['无人接听'] })),
    }),
    responses: { 200: Callback },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
