import {
  FLOOD_LIMITS,
  HELD_PUSH_STATES,
  HELD_PUSH_VERDICTS,
  PUSH_KINDS,
  TEST_KINDS,
} from '@jiankangbao/domain/vocabulary/inflow'
import { type Static, Type } from 'typebox'
import { Closed, Colour, Cursor, HeldPushId, Instant, Lines, OneOf, PageSize, Shown } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about =
  'What partners pushed and headquarters has to release, since it would recolour many people'

/** One row that waits: of a laboratory with its number, or a code of the province. Never who it is about. */
export const HeldRow = Type.Object({
  number: Type.Optional(Shown('B20220315-0007')),
  /** `positive`, `negative` or `withdraw` of a result; absent for a code. */
  result: Type.Optional(OneOf(['positive', 'negative', 'withdraw'])),
  kind: Type.Optional(OneOf(TEST_KINDS)),
  colour: Type.Optional(Colour),
  /** When sampled, or when the province saw it. */
  at: Type.Optional(Instant),
  persons: Type.Integer(),
})
export type HeldRow = Static<typeof HeldRow>

export const HeldPush = Type.Object({
  heldPushId: HeldPushId,
  partner: Shown('示例检验所'),
  batchId: Shown('2022-03-15-001'),
  kind: OneOf(PUSH_KINDS),
  /** The limit that it went beyond. */
  heldFor: OneOf(FLOOD_LIMITS),
  /** Who would turn red, who yellow, and who is named by a positive and not registered yet. */
  red: Type.Integer(),
  yellow: Type.Integer(),
  unregistered: Type.Integer(),
  heldAt: Instant,
  state: OneOf(HELD_PUSH_STATES),
  /** Rows that wait, or waited. */
  rows: Type.Integer(),
  /** The first of them. */
  sample: Type.Array(HeldRow),
  closedAt: Type.Optional(Instant),
  decidedBy: Type.Optional(Shown('王示例')),
  reason: Type.Optional(Shown('已与检验所核对')),
})
export type HeldPush = Static<typeof HeldPush>

export const schemas = {
  listHeldPushes: {
    summary: 'Lists pushes that wait for headquarters, and those decided, newest first',
    query: Closed({
      state: Type.Optional(OneOf(HELD_PUSH_STATES)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    responses: { 200: Type.Object({ pushes: Type.Array(HeldPush), nextCursor: Type.Optional(Cursor) }) },
  },
  decideHeldPush: {
    summary: 'Lets a held push count, or refuses it',
    params: Closed({ heldPushId: HeldPushId }),
    body: Closed({
      verdict: OneOf(HELD_PUSH_VERDICTS),
      reason: Lines({ minLength: 2, maxLength: 500, examples: ['已与检验所电话核对'] }),
    }),
    responses: { 200: HeldPush },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
