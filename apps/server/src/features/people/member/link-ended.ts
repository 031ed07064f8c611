import type { Transaction } from '../../../db/pool.ts'

/** A link between an account and a person that hands out no codes from now on. */
export interface EndedLink {
  memberId: string
  personId: string
  /** Live code and digits could be shown by it: what is on its phone dies too. */
  showedCode: boolean
}

/** What follows in other wings when a link ends, or its code is taken back. `create-parts.ts` lists it. */
export type OnLinkEnded = (tx: Transaction, link: EndedLink, now: Date) => Promise<void>
