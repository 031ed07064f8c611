import { DECISIONS } from '@jiankangbao/domain/decision/decide'
import { COLOUR_CHANGE_CAUSES } from '@jiankangbao/domain/vocabulary/colours'
import { LOOKUP_MEANS } from '@jiankangbao/domain/vocabulary/doors'
import { type Static, Type } from 'typebox'
import { Closed, Colour, Cursor, Instant, OneOf, PageQuery, PageSize, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { CategoryTitle } from '../reasons.ts'
import type { operations } from './operations.ts'

export const MyVisit = Type.Object({
  visitId: Type.String(),
  visitedAt: Instant,
  venueName: Type.String(),
  pointName: Type.String(),
  kind: Type.String(),
  colour: Colour,
  decision: OneOf(DECISIONS),
  who: Type.String({ description: 'masked name' }),
  memberId: Type.Optional(Uuid),
  late: Type.Boolean(),
  /** False where the phone was too far from the door. */
  presence: Type.Boolean(),
  unlocated: Type.Optional(Type.Boolean({ description: 'the door asks where the phone is; it did not say' })),
  withdrawnAt: Type.Optional(
    Type.String({ description: 'not there, says the account that stated the visit' }),
  ),
  /** Whether the caller may still say that this person was not there. */
  withdrawable: Type.Boolean(),
})
export type MyVisit = Static<typeof MyVisit>

export const MyVisits = Type.Object({ visits: Type.Array(MyVisit), nextCursor: Type.Optional(Cursor) })

export const MyLookup = Type.Object({
  lookupId: Type.String(),
  at: Instant,
  means: OneOf(LOOKUP_MEANS),
  purpose: Type.String(),
  by: Type.String({ description: 'the organisation, not the operator’s name' }),
  place: Type.Optional(Type.String()),
  who: Type.String(),
})
export type MyLookup = Static<typeof MyLookup>

export const MyLookups = Type.Object({ lookups: Type.Array(MyLookup), nextCursor: Type.Optional(Cursor) })

const decision = {
  proposedAt: Type.Optional(Instant),
  proposedBy: Type.Optional(Type.String({ description: 'organisation' })),
  approvedAt: Type.Optional(Instant),
  approvedBy: Type.Optional(Type.String({ description: 'organisation' })),
}

/** Why a colour changed: the rule it followed and, where people decided it, which offices and when. Names nobody. */
export const CodeReason = Type.Object({
  category: Type.String(),
  title: Type.Optional(CategoryTitle),
  colour: Colour,
  since: Instant,
  until: Type.Optional(Instant),
  condition: Type.Optional(Type.String()),
  appealable: Type.Boolean(),
  ...decision,
})
export type CodeReason = Static<typeof CodeReason>

export const CodeChange = Type.Object({
  kind: Type.Literal('change'),
  eventId: Type.String(),
  at: Instant,
  /** Absent for the first colour. */
  from: Type.Optional(Colour),
  to: Colour,
  /** What set it off; worded by clients. */
  cause: OneOf(COLOUR_CHANGE_CAUSES),
  reasons: Type.Array(CodeReason),
  /** Reasons of the change before that no longer hold. */
  ended: Type.Array(
    Type.Object({ category: Type.String(), title: Type.Optional(CategoryTitle), ...decision }),
  ),
})
export type CodeChange = Static<typeof CodeChange>

export const CodeLookup = Type.Object({
  kind: Type.Literal('lookup'),
  eventId: Type.String(),
  at: Instant,
  by: Type.String({ description: 'organisation' }),
  purpose: Type.String(),
  means: Type.String(),
  place: Type.Optional(Type.String()),
})
export type CodeLookup = Static<typeof CodeLookup>

export const CodeEvent = Type.Union([CodeChange, CodeLookup])
export type CodeEvent = Static<typeof CodeEvent>

export const schemas = {
  listMyVisits: {
    summary: 'Lists the recorded visits of the account’s people, newest first',
    query: PageQuery,
    responses: { 200: MyVisits },
  },
  listMyLookups: {
    summary: 'Lists who looked the account’s people up, newest first',
    query: PageQuery,
    responses: { 200: MyLookups },
  },
  listMyCodeEvents: {
    summary: 'Lists changes of a colour with their reasons, and look-ups, newest first',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      memberId: Type.Optional(Uuid),
    }),
    responses: {
      200: Type.Object({
        who: Type.String({ description: 'masked name' }),
        colour: Colour,
        events: Type.Array(CodeEvent),
        nextCursor: Type.Optional(Cursor),
      }),
    },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
