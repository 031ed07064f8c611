import type { VisitResult } from '@jiankangbao/contracts/schemas/door'

export type Decision = VisitResult['decision']
const severity: Record<Decision, number> = { admit: 0, review: 1, deny: 2 }

/** The worst decision of a group decides the colour of the screen; each person keeps their own word. */
export const worst = (visits: readonly VisitResult[]): Decision =>
  visits.reduce<Decision>(
    (found, { decision }) => (severity[decision] > severity[found] ? decision : found),
    visits.length === 0 ? 'review' : 'admit',
  )

/** Whether everybody was admitted because registered: an admission that names what it rests on. */
export const isRegistered = (visits: readonly VisitResult[]): boolean =>
  visits.length > 0 &&
  visits.every(({ decision, entryRegistered }) => decision === 'admit' && entryRegistered === true)

/** Key of the word of one person or of a group. */
export const wordKeyOf = (...visits: VisitResult[]): 'door.registered' | `door.word.${Decision}` =>
  isRegistered(visits) ? 'door.registered' : `door.word.${worst(visits)}`

/** Key of the line beneath the word. */
export const adviceKeyOf = (
  visits: readonly VisitResult[],
): 'door.registeredAdvice' | `door.advice.${Decision}` =>
  isRegistered(visits) ? 'door.registeredAdvice' : `door.advice.${worst(visits)}`
