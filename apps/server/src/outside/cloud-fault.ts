import { ProviderRefused } from './policies.ts'

/** Patterns over the codes of a cloud, by what follows from them. */
export interface CloudCodes {
  /** No money left there, or the order has ended. */
  unpaid: RegExp
  /** Our key, right, signature or template is not taken, whatever is asked. */
  denied: RegExp
  /** The cloud stumbles or is asked too often: another try may do. */
  failed: RegExp
}

/**
 * What a code that is no success means: a fault of the cloud, a refusal of us, or (whatever is not listed) of this one question.
 * Only the code is told: the words of an answer may repeat what was asked.
 */
export const cloudFault = (code: unknown, codes: CloudCodes): Error => {
  if (typeof code !== 'string' || !/^[\w.:-]{1,100}$/.test(code)) return new Error('answered without a code')
  if (codes.unpaid.test(code)) return new ProviderRefused(402, code)
  if (codes.denied.test(code)) return new ProviderRefused(401, code)
  if (codes.failed.test(code)) return new Error(`answered ${code}`)
  return new ProviderRefused(400, code)
}
