import { COUNTED_TEST_KINDS } from '@jiankangbao/domain/vocabulary/colours'
import { type Static, Type } from 'typebox'
import { Colour, Instant, OneOf, Shown } from './atoms.ts'

/** The ruleset's own words for a category, for clients that have none. */
export const CategoryTitle = Type.Object({ zh: Shown('密切接触'), en: Shown('Close contact') })
export type CategoryTitle = Static<typeof CategoryTitle>

/** What must still happen before a colour can end; `key` is worded by clients, `tests` says how far they are. */
export const ReasonCondition = Type.Object({
  key: Shown('negative_tests'),
  tests: Type.Optional(
    Type.Object({
      counted: Type.Integer(),
      required: Type.Integer(),
      minimumHoursApart: Type.Integer(),
      /** `single`: a sample in a pool does not count. */
      kinds: OneOf(COUNTED_TEST_KINDS),
      /** The next negative counts when sampled from here on; absent while that is not known. */
      nextSampleFrom: Type.Optional(Instant),
    }),
  ),
})
export type ReasonCondition = Static<typeof ReasonCondition>

/**
 * One active cause of a colour. Evaluations written by an earlier version have neither `title` nor `conditions`; `condition`
 * is the first of them as a key.
 */
export const StatusReason = Type.Object({
  category: Shown('close_contact'),
  /** Absent for a category that the ruleset does not know. */
  title: Type.Optional(CategoryTitle),
  colour: Colour,
  since: Instant,
  /** When this colour ends, with conditions the earliest instant; never in the past. */
  until: Type.Optional(Instant),
  /** The earliest end of the whole finding, through all its phases. */
  endsAt: Type.Optional(Instant),
  /** Until then a departure pass keeps this reason from counting. */
  suspendedUntil: Type.Optional(Instant),
  condition: Type.Optional(Shown('negative_tests')),
  conditions: Type.Optional(Type.Array(ReasonCondition)),
  actions: Type.Array(Shown('home_isolation')),
  appealable: Type.Boolean(),
})
export type StatusReason = Static<typeof StatusReason>
