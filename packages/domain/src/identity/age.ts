/** Whole years lived on `onDay`; both `YYYY-MM-DD`. Somebody born on 29 February turns older on 1 March of common years. */
export const ageOn = (birthOn: string, onDay: string): number =>
  Number(onDay.slice(0, 4)) - Number(birthOn.slice(0, 4)) - (onDay.slice(5) < birthOn.slice(5) ? 1 : 0)

/** A child is registered by its birth certificate until it is three; by then it has a number or a passport of its own. */
export const BIRTH_CERTIFICATE_UNTIL_AGE = 3

/** Who may carry a printed code: under 18, 60 or over, disabled, or by an office's decision. Unknown age alone does not allow it. */
export const mayHoldPaperCode = (
  holder: { birthOn?: string; disabled?: boolean; officeDecision?: boolean },
  todayOn: string,
): boolean => {
  if (holder.disabled || holder.officeDecision) return true
  if (holder.birthOn === undefined) return false
  const age = ageOn(holder.birthOn, todayOn)
  return age < 18 || age >= 60
}
