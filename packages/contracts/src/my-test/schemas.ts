import { MY_TEST_STATES } from '@jiankangbao/domain/testing/my-test'
import { TEST_KINDS } from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { Closed, Instant, OneOf, Shown, TestId, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Tests of a citizen and their family'

export const MyTest = Type.Object({
  /** Of a result that has been told: its sheet is asked for by it. */
  testId: Type.Optional(TestId),
  state: OneOf(MY_TEST_STATES),
  kind: OneOf(TEST_KINDS),
  sampledAt: Instant,
  /** When a laboratory had the tube, and when it told. */
  receivedAt: Type.Optional(Instant),
  reportedAt: Type.Optional(Instant),
  /** Absent for a sample that was not taken at a site of this city. */
  siteName: Type.Optional(Shown('示例广场采样点')),
  laboratory: Type.Optional(Shown('示例检验所')),
})
export type MyTest = Static<typeof MyTest>

export const schemas = {
  listMyTests: {
    summary: 'Lists samples and results of the last two months, the latest first',
    query: Closed({ memberId: Type.Optional(Uuid) }),
    responses: {
      200: Type.Object({
        who: Shown('张*'),
        tests: Type.Array(MyTest),
        /** How long a sample and its tube are kept. */
        keptDays: Type.Integer(),
        serverTime: Instant,
      }),
    },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
