// Words of tracing, by key. Clients word each key.

/** By what a case was opened; `evidence`: by hand, and nobody is shown before a second person agreed. */
export const CASE_BASES = ['finding', 'result', 'evidence'] as const
export type CaseBasis = (typeof CASE_BASES)[number]

/** `waiting`: opened by hand, nobody agreed yet. `negative`: it was none. */
export const CASE_STATES = ['waiting', 'open', 'closed', 'negative', 'refused'] as const
export type CaseState = (typeof CASE_STATES)[number]

/** Where others count as together with a case: at the same point, on the same floor (`tracing/floor.ts`), or in the whole venue. */
export const STAY_SCOPES = ['point', 'floor', 'venue'] as const
export type StayScope = (typeof STAY_SCOPES)[number]

/** What became of "I was not there". */
export const OBJECTION_STATES = ['open', 'upheld', 'refused'] as const
export type ObjectionState = (typeof OBJECTION_STATES)[number]

/** Whether one case may have had it from another; `impossible`: it was ill before they met; `undated`: no stay says when. */
export const CHAIN_ORDERS = ['possible', 'impossible', 'undated'] as const
export type ChainOrder = (typeof CHAIN_ORDERS)[number]
