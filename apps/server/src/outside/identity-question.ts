import type { DocumentType } from '@jiankangbao/contracts/atoms'
import type { Link } from './chain.ts'

export interface IdentityQuestion {
  transactionId: string
  name: string
  documentType: DocumentType
  documentNumber: string
}

export type IdentityVerdict = 'match' | 'mismatch' | 'unknown'
export type IdentityLink = Link<IdentityQuestion, IdentityVerdict>
