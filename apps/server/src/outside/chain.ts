import type { ProviderPolicies } from './policies.ts'
import { ProviderUnavailable } from './provider-unavailable.ts'

/** One of several providers of the same thing. */
export interface Link<Question, Answer> {
  /** As in the figures: `sms_aliyun`. */
  provider: string
  /** Whether it can be asked this at all: a cloud knows resident cards only. */
  handles(question: Question): boolean
  /** @returns the answer and the units that it is billed as. @throws ProviderUnavailable */
  ask(question: Question): Promise<{ answer: Answer; units: number }>
}

/**
 * Asks providers in their order until one answers. Passed over is who can not be asked this, whose budget of the day is used up
 * and, at the cost of nothing, whose breaker is open.
 * @throws ProviderUnavailable of the last one where none answered
 */
export const askInTurn = async <Question, Answer>(
  policies: ProviderPolicies,
  links: readonly Link<Question, Answer>[],
  question: Question,
): Promise<Answer | undefined> => {
  const able = links.filter((link) => link.handles(question))
  let last: unknown
  for (const { provider, ask } of able) {
    if (!policies.hasRoom(provider)) {
      last ??= new ProviderUnavailable(provider, new Error('the budget of the day is used up'))
      continue
    }
    try {
      const { answer, units } = await ask(question)
      policies.spend(provider, units, last !== undefined)
      return answer
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error
      last = error
    }
  }
  if (last !== undefined) throw last
  return undefined
}
