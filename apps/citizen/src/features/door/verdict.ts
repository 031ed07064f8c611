import type { VisitResult } from '@jiankangbao/contracts/visit/schemas'
import { type Answer, personKeyOf } from './answers.ts'

export type Decision = VisitResult['decision']
const severity: Record<Decision, number> = { admit: 0, review: 1, deny: 2 }

/** One person of a result, in a row of their own. */
export interface Row {
  key: string
  /** The request id that recorded this person. */
  scanId: string
  visit: VisitResult
  /** The account holder. */
  isOwn: boolean
  withdrawnAt?: string
}

/** Everybody an answer names, in the order in which they were recorded. */
export const rowsOf = ({ groups }: Pick<Answer, 'groups'>): Row[] => {
  const rows: Row[] = []
  for (const { scanId, recorded, withdrawn } of groups)
    for (const visit of recorded.visits) {
      const person = personKeyOf(visit)
      const withdrawnAt = person === undefined ? undefined : withdrawn?.[person]
      rows.push({
        key: `${scanId}.${person ?? 'me'}`,
        scanId,
        visit,
        isOwn: person === undefined,
        ...(withdrawnAt === undefined ? {} : { withdrawnAt }),
      })
    }
  return rows
}

/** The worst decision of several people; of nobody there is nothing to say but to look. */
const worst = (visits: readonly VisitResult[]): Decision =>
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

export interface Headline {
  /** Whose word stands largest: the holder's, or of everybody there where the holder is not. */
  lead: VisitResult[]
  decision: Decision
  /** Who else is there and may not simply go in; each is named under the word. */
  stopped: Row[]
  /** How many others go in. */
  admitted: number
  /** The worst for anybody there: for the sound and the shake, which nobody looks at. */
  alert: Decision
}

/** The headline is for those who are there: a red daughter does not turn her mother away, and is not hidden behind her. */
export const headlineOf = (rows: readonly Row[]): Headline => {
  const here = rows.filter(({ withdrawnAt }) => withdrawnAt === undefined)
  const own = here.find(({ isOwn }) => isOwn)
  const lead = own ? [own.visit] : here.map(({ visit }) => visit)
  const others = here.filter((row) => row !== own)
  return {
    lead,
    decision: worst(lead),
    stopped: own || here.length > 1 ? others.filter(({ visit }) => visit.decision !== 'admit') : [],
    admitted: own ? others.filter(({ visit }) => visit.decision === 'admit').length : 0,
    alert: worst(here.map(({ visit }) => visit)),
  }
}

/** Key of the line beneath the word. */
export const adviceKeyOf = (
  visits: readonly VisitResult[],
): 'door.registeredAdvice' | 'door.nobodyHere' | `door.advice.${Decision}` => {
  if (visits.length === 0) return 'door.nobodyHere'
  return isRegistered(visits) ? 'door.registeredAdvice' : `door.advice.${worst(visits)}`
}
