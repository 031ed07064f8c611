import { sayCode } from '../../words/words.ts'
import { isCode } from '../session/is-code.ts'

export type Faults = Record<string, string>

/** The fields that the server refused, by their path; empty for another refusal. */
export const faultsOf = (refusal: unknown): Faults => {
  const faults: Faults = {}
  if (isCode(refusal, 'VALIDATION_FAILED'))
    for (const { field, reason } of refusal.fields) faults[field] = reason
  return faults
}

/** The words for a refused field. */
export const faultText = (faults: Faults, field: string): string | undefined => {
  const reason = faults[field]
  return reason === undefined ? undefined : sayCode('reasons', reason)
}
