import type { VisitRecorded, VisitResult } from '@jiankangbao/contracts/visit/schemas'
import type { Shelf } from '@jiankangbao/outbox/shelf'
import type { Visit } from './company.ts'

/** Where the phone was, for a door that asks. `untold`: not said, whatever the reason. */
export type Located = 'near' | 'far' | 'untold'

/** One answer of the server: the scan itself, or people added to it afterwards under a request id of their own. */
export interface AnswerGroup {
  scanId: string
  recorded: VisitRecorded
  /** Person (`personKeyOf`) → when it was said that this person was not there. */
  withdrawn?: Record<string, string>
  located?: Located
}

/** What a door answered, as it was answered: shown again as often as wished, never asked for again. */
export interface Answer {
  owner: string
  requestId: string
  code: string
  scannedAt: string
  groups: AnswerGroup[]
}

export interface AnswersParts {
  shelf: Shelf<Answer>
  /** The account signed in; read at every step, because other tabs sign in and out too. */
  owner: () => string | undefined
  now: () => number
}

const KEPT_MS = 48 * 3_600_000
const MOST_ANSWERS = 20

const idOf = (owner: string, requestId: string): string => `${owner}.${requestId}`

/** Names a person within one answer of the server, as the way to withdraw their visit does. */
export const personKeyOf = ({ memberId, companion }: VisitResult): string | undefined =>
  memberId ?? (companion === undefined ? undefined : `companion-${companion}`)

/** The answers of doors on this phone, each under the account that scanned. */
export const createAnswers = ({ shelf, owner, now }: AnswersParts) => {
  const tidy = (): void => {
    const byTime = shelf.all().sort((one, other) => Date.parse(other.scannedAt) - Date.parse(one.scannedAt))
    for (const [at, answer] of byTime.entries())
      if (at >= MOST_ANSWERS || !(now() - Date.parse(answer.scannedAt) < KEPT_MS))
        shelf.remove(idOf(answer.owner, answer.requestId))
  }
  const put = (answer: Answer): void => {
    shelf.put(idOf(answer.owner, answer.requestId), answer)
    tidy()
  }
  return {
    put,
    /** Keeps the first answer to a scan; one that is there stays as it is. */
    keep: (of: string, { requestId, venueCode, scannedAt }: Visit, recorded: VisitRecorded): void => {
      if (shelf.all().some((answer) => answer.requestId === requestId && answer.owner === of)) return
      put({ owner: of, requestId, code: venueCode, scannedAt, groups: [{ scanId: requestId, recorded }] })
    },
    find: (requestId: string): Answer | undefined => {
      tidy()
      return shelf.all().find((answer) => answer.requestId === requestId && answer.owner === owner())
    },
  }
}
