import { DECISIONS } from '@jiankangbao/domain/decision/decide'
import { COLOUR_CHANGE_CAUSES } from '@jiankangbao/domain/vocabulary/colours'
import { LOOKUP_MEANS } from '@jiankangbao/domain/vocabulary/doors'
import { type Static, Type } from 'typebox'
import { Closed, Colour, Cursor, Instant, OneOf, PageQuery, PageSize, Shown, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { CategoryTitle } from '../reasons.ts'
import { VenueKind } from '../venue/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What is recorded about a person, as that person sees it'

export const MyVisit = Type.Object({
  visitId: Shown('4711.6f9619ff-8b86-4d01-b42d-00cf4fc964ff'),
  visitedAt: Instant,
  venueName: Shown('示例商场'),
  pointName: Shown('东门'),
  kind: VenueKind,
  colour: Colour,
  decision: OneOf(DECISIONS),
  who: Shown('张*', 'masked name'),
  memberId: Type.Optional(Uuid),
  late: Type.Boolean(),
  /** False where the phone was too far from the door. */
  presence: Type.Boolean(),
  unlocated: Type.Optional(Type.Boolean({ description: 'the door asks where the phone is; it did not say' })),
  withdrawnAt: Type.Optional(
    Shown('2022-03-15T08:00:00.000Z', 'not there, says the account that stated the visit'),
  ),
  /** Whether the caller may still say that this person was not there. */
  withdrawable: Type.Boolean(),
})
export type MyVisit = Static<typeof MyVisit>

export const MyVisits = Type.Object({ visits: Type.Array(MyVisit), nextCursor: Type.Optional(Cursor) })

export const MyLookup = Type.Object({
  lookupId: Shown('check:4711'),
  at: Instant,
  means: OneOf(LOOKUP_MEANS),
  purpose: Shown('电话核实'),
  by: Shown('示例区防疫办', 'the organisation, not the operator’s name'),
  place: Type.Optional(Shown('示例商场')),
  who: Shown('张*'),
})
export type MyLookup = Static<typeof MyLookup>

export const MyLookups = Type.Object({ lookups: Type.Array(MyLookup), nextCursor: Type.Optional(Cursor) })

const decision = {
  proposedAt: Type.Optional(Instant),
  proposedBy: Type.Optional(Shown('示例区防疫办', 'organisation')),
  approvedAt: Type.Optional(Instant),
  approvedBy: Type.Optional(Shown('示例市指挥部', 'organisation')),
}

/** Why a colour changed: the rule it followed and, where people decided it, which offices and when. Names nobody. */
export const CodeReason = Type.Object({
  category: Shown('close_contact'),
  title: Type.Optional(CategoryTitle),
  colour: Colour,
  since: Instant,
  until: Type.Optional(Instant),
  condition: Type.Optional(Shown('negative_tests')),
  appealable: Type.Boolean(),
  ...decision,
})
export type CodeReason = Static<typeof CodeReason>

export const CodeChange = Type.Object({
  kind: Type.Literal('change'),
  eventId: Shown('change:4711'),
  at: Instant,
  /** Absent for the first colour. */
  from: Type.Optional(Colour),
  to: Colour,
  /** What set it off; worded by clients. */
  cause: OneOf(COLOUR_CHANGE_CAUSES),
  reasons: Type.Array(CodeReason),
  /** Reasons of the change before that no longer hold. */
  ended: Type.Array(
    Type.Object({ category: Shown('close_contact'), title: Type.Optional(CategoryTitle), ...decision }),
  ),
})
export type CodeChange = Static<typeof CodeChange>

export const CodeLookup = Type.Object({
  kind: Type.Literal('lookup'),
  eventId: Shown('change:4711'),
  at: Instant,
  by: Shown('示例区防疫办', 'organisation'),
  purpose: Shown('电话核实'),
  means: Shown('personal_code'),
  place: Type.Optional(Shown('示例商场')),
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
        who: Shown('张*', 'masked name'),
        colour: Colour,
        events: Type.Array(CodeEvent),
        nextCursor: Type.Optional(Cursor),
      }),
    },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
