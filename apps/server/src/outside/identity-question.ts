import type { DocumentType } from '@jiankangbao/contracts/atoms'
import type { Link } from './chain.ts'

export interface IdentityQuestion {
  transactionId: string
  name: string
  documentType: DocumentType
  documentNumber: string
  /** As it was stated, where the number does not say it: `YYYY-MM-DD`. The authority confirms it with the name. */
  birthOn?: string
}

export type IdentityVerdict = 'match' | 'mismatch' | 'unknown'
export type IdentityLink = Link<IdentityQuestion, IdentityVerdict>
