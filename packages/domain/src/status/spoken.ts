import type { Colour } from './colour.ts'

// What is read out to somebody who asks about their colour: one sentence after the other, each a key that clients word, with what
// goes into it. In the order in which it is said: the colour, why, since when, until when, what is missing, what to do, what next.

/** A reason as it is shown, with instants as text. */
export interface ToldReason {
  category: string
  title?: { zh: string; en: string } | undefined
  colour: Colour
  since: string
  until?: string | undefined
  endsAt?: string | undefined
  suspendedUntil?: string | undefined
  condition?: string | undefined
  conditions?:
    | readonly {
        key: string
        tests?:
          | {
              counted: number
              required: number
              minimumHoursApart: number
              kinds: 'any' | 'single'
              nextSampleFrom?: string | undefined
            }
          | undefined
      }[]
    | undefined
  actions: readonly string[]
  appealable: boolean
}

export interface ToldStatus {
  colour: Colour
  reasons: readonly ToldReason[]
  nextChangeAt?: string | undefined
}

type Category = Pick<ToldReason, 'category' | 'title'>

export type Sentence =
  | { say: 'colour'; colour: Colour }
  /** Green, and nothing on record. */
  | { say: 'nothing' }
  /** No colour, and no reason either: it is not known, which is never green. */
  | { say: 'unknown' }
  | ({ say: 'because'; at: string; more: boolean } & Category)
  /** A departure pass: until then this reason does not count. */
  | { say: 'suspended'; at: string }
  | { say: 'until'; at: string }
  /** Not before, and only with what is still missing. */
  | { say: 'earliest'; at: string }
  /** No date can be told: it ends with a fact. */
  | { say: 'open_end' }
  | { say: 'then_ends'; at: string }
  | { say: 'tests'; counted: number; left: number; kinds: 'any' | 'single' }
  | { say: 'apart'; hours: number }
  | { say: 'next_sample'; at: string }
  | { say: 'waits'; condition: string }
  | { say: 'todo'; actions: readonly string[] }
  | { say: 'by_itself' }
  | { say: 'appeal' }
  | { say: 'next_change'; at: string }
  /** Whatever the colour: with a fever go to a fever clinic. */
  | { say: 'fever' }

type Condition = NonNullable<ToldReason['conditions']>[number]

/** What is still missing; an evaluation by an earlier version names only the first. */
const conditionsOf = ({ conditions, condition }: ToldReason): readonly Condition[] =>
  conditions ?? (condition === undefined ? [] : [{ key: condition }])

const sayCondition = ({ key, tests }: Condition, now: number): Sentence[] => {
  if (!tests) return [{ say: 'waits', condition: key }]
  const { counted, required, kinds, minimumHoursApart: hours, nextSampleFrom } = tests
  const left = Math.max(0, required - counted)
  return [
    { say: 'tests', counted, left, kinds },
    ...(left > 1 && hours > 0 ? [{ say: 'apart', hours } as const] : []),
    ...(nextSampleFrom && Date.parse(nextSampleFrom) > now
      ? [{ say: 'next_sample', at: nextSampleFrom } as const]
      : []),
  ]
}

const sayEnd = (reason: ToldReason, missing: boolean): Sentence[] => {
  const { until, endsAt } = reason
  const later = endsAt !== undefined && endsAt !== until ? [{ say: 'then_ends', at: endsAt } as const] : []
  if (until === undefined) return [...(missing ? [] : [{ say: 'open_end' } as const]), ...later]
  return [{ say: missing ? 'earliest' : 'until', at: until }, ...later]
}

const sayReason = (reason: ToldReason, more: boolean, now: number): Sentence[] => {
  const { category, title, since, suspendedUntil, actions } = reason
  const conditions = conditionsOf(reason)
  return [
    { say: 'because', category, ...(title ? { title } : {}), at: since, more },
    ...(suspendedUntil ? [{ say: 'suspended', at: suspendedUntil } as const] : []),
    ...sayEnd(reason, conditions.length > 0),
    ...conditions.flatMap((condition) => sayCondition(condition, now)),
    ...(actions.length > 0 ? [{ say: 'todo', actions } as const] : []),
  ]
}

/** Whether time and tests alone end a reason, without anybody's act. */
const endsByItself = (reason: ToldReason): boolean => {
  const conditions = conditionsOf(reason)
  return (
    conditions.every(({ tests }) => tests !== undefined) &&
    (reason.until !== undefined || conditions.length > 0)
  )
}

/**
 * The answer to "why am I …, until when, and what do I do": sentences, worst reason first. Nothing is made up: what the rules do
 * not say is said to be open.
 */
export const sayStatus = ({ colour, reasons, nextChangeAt }: ToldStatus, now: number): Sentence[] => {
  const sentences: Sentence[] = [{ say: 'colour', colour }]
  if (reasons.length === 0) sentences.push({ say: colour === 'green' ? 'nothing' : 'unknown' })
  for (const [at, reason] of reasons.entries()) sentences.push(...sayReason(reason, at > 0, now))
  if (reasons.length > 0 && colour !== 'green' && reasons.every(endsByItself))
    sentences.push({ say: 'by_itself' })
  if (reasons.some(({ appealable }) => appealable)) sentences.push({ say: 'appeal' })
  if (
    nextChangeAt !== undefined &&
    Date.parse(nextChangeAt) > now &&
    !reasons.some((r) => r.until === nextChangeAt)
  )
    sentences.push({ say: 'next_change', at: nextChangeAt })
  sentences.push({ say: 'fever' })
  return sentences
}
