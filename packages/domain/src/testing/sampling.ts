import type { Colour } from '../status/colour.ts'
import type { TubeKind } from './tube-barcode.ts'

/** Why somebody is not in the tube; each has its own word on the sampler's phone. `person_unknown` asks for paper entry. */
export const SAMPLE_REFUSALS = [
  'tube_unknown',
  'tube_of_other',
  'tube_closed',
  'code_expired',
  'code_forged',
  'code_revoked',
  'code_unreadable',
  'person_unknown',
  'already_in_tube',
  'sampled_recently',
  'must_be_single',
  'tube_full',
] as const
export type SampleRefusal = (typeof SAMPLE_REFUSALS)[number]

/** What becomes of one sample: it is in the tube, or why not. */
export const SAMPLE_OUTCOMES = ['taken', ...SAMPLE_REFUSALS] as const
export type SampleOutcome = (typeof SAMPLE_OUTCOMES)[number]

/** Why a sample was taken out again before the tube was sealed. */
export const UNDO_REASONS = ['wrong_person', 'wrong_tube', 'not_sampled'] as const
export type UndoReason = (typeof UNDO_REASONS)[number]

/** Why everybody of a tube goes into another one. */
export const MOVE_REASONS = ['broken', 'mislabelled'] as const
export type MoveReason = (typeof MOVE_REASONS)[number]

export const MOVE_STATES = ['open', 'confirmed', 'refused'] as const

export const TUBE_STATES = ['open', 'sealed', 'boxed', 'handed_over', 'received', 'resulted'] as const
export type TubeState = (typeof TUBE_STATES)[number]

/**
 * Nobody is swabbed twice within these hours: it would be the same illness in two tubes. A single sample after a pooled one
 * is another matter: that is how somebody from a positive pool is cleared.
 */
export const AGAIN_AFTER_HOURS = 4

/** Colours that are sampled singly. */
export const SINGLY_SAMPLED: readonly Colour[] = ['yellow', 'red']

/** Whose sample would make a whole pool positive: these go into a tube of their own, or into that of their home. */
export const mustBeSampledSingly = (colour: Colour, kind: TubeKind): boolean =>
  SINGLY_SAMPLED.includes(colour) && kind !== 'single' && kind !== 'household'

/** What is known where a sample is judged. */
export interface SampleFacts {
  tube: { kind: TubeKind; capacity: number; isOpen: boolean; isOwn: boolean } | undefined
  taken: number
  /** What the code itself said before anybody looked into the database. */
  refusedAs: 'code_expired' | 'code_forged' | 'code_unreadable' | undefined
  isRevoked: boolean
  /** Known here, or written down by document and phone. */
  isNamed: boolean
  inThisTube: boolean
  sampledRecently: boolean
  colour: Colour
}

/** The one word for a sample; the first that applies. The statement of the server says the same (`sample.queries.ts`). */
export const judgeSample = (facts: SampleFacts): SampleOutcome => {
  const { tube } = facts
  if (!tube) return 'tube_unknown'
  if (!tube.isOwn) return 'tube_of_other'
  if (!tube.isOpen) return 'tube_closed'
  if (facts.refusedAs) return facts.refusedAs
  if (facts.isRevoked) return 'code_revoked'
  if (!facts.isNamed) return 'person_unknown'
  if (facts.inThisTube) return 'already_in_tube'
  if (facts.taken >= tube.capacity) return 'tube_full'
  if (facts.sampledRecently) return 'sampled_recently'
  if (mustBeSampledSingly(facts.colour, tube.kind)) return 'must_be_single'
  return 'taken'
}

/** How far a device may state a time before now, with its own clock; older is refused. */
export const SAMPLE_KEPT_MS = 48 * 3_600_000

export type SampleTime =
  | { ok: true; at: number; late: boolean }
  | { ok: false; reason: 'format' | 'too_old' | 'in_the_future' }

/**
 * When a sample was taken. The phone tells by its own clock when it took the sample and when it sends it; what lies between
 * is right however wrong the clock is, and the end of it is the server's now.
 * @param now the server's, epoch milliseconds
 */
export const readSampleTime = (
  stated: { sampledAt?: string | undefined; sentAt?: string | undefined },
  now: number,
): SampleTime => {
  if (stated.sampledAt === undefined) return { ok: true, at: now, late: false }
  const sampled = Date.parse(stated.sampledAt)
  const sent = stated.sentAt === undefined ? now : Date.parse(stated.sentAt)
  if (Number.isNaN(sampled) || Number.isNaN(sent)) return { ok: false, reason: 'format' }
  const age = sent - sampled
  if (age < 0) return { ok: false, reason: 'in_the_future' }
  if (age > SAMPLE_KEPT_MS) return { ok: false, reason: 'too_old' }
  return { ok: true, at: now - age, late: age > 60_000 }
}
