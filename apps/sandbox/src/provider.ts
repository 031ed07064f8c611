import type { FastifyInstance } from 'fastify'

/** One wording in both languages; Chinese is shown first. */
export interface Wording {
  zh: string
  en: string
}

export interface Choice {
  value: string
  label: Wording
}

/** A part of a provider's card on the steering page. `field` is its name in the steering JSON. */
export type SteeringPart =
  | { kind: 'choice'; field: string; label: Wording; choices: readonly Choice[] }
  | { kind: 'rules'; field: string; label: Wording; keyLabel: Wording; choices: readonly Choice[] }
  | { kind: 'queue'; field: string; label: Wording; choices: readonly Choice[] }

/** What a provider's answers are steered by: a JSON state that is read, changed in part and reset. */
export interface Steering<State extends object = object> {
  /** JSON Schema of a partial change; checked before `change` is called. */
  readonly schema: object
  readonly parts: readonly SteeringPart[]
  readonly current: State
  change(fields: Partial<State>): void
  reset(): void
}

/**
 * A stand-in for one outside provider. A further one (provincial code, travel card, laboratories …) is a file under
 * `providers/` that builds this, and a line in `app.ts`; steering API and both pages follow from it.
 */
export interface Provider {
  /** Key in the steering JSON. */
  readonly name: string
  readonly title: Wording
  /** What it stands in for and what it answers unless steered. */
  readonly purpose: Wording
  /** As `METHOD /path`, for the overview. */
  readonly endpoint: string
  readonly steering: Steering
  /** Counts since the start, without personal data. */
  activity(): Readonly<Record<string, number>>
  routes(app: FastifyInstance): void
}

/** Steering that starts at `initial` and returns to it on reset. Fields that are not in a change stay as they are. */
export function createSteering<State extends object>(
  initial: State,
  schema: object,
  parts: readonly SteeringPart[],
): Steering<State> {
  let state = initial
  return {
    schema,
    parts,
    get current() {
      return state
    },
    change(fields) {
      state = { ...state, ...fields }
    },
    reset() {
      state = initial
    },
  }
}
