import type { FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import type { Link } from './chain.ts'

export interface FaceQuestion {
  transactionId: string
  subject: string
  name: string
  documentType: DocumentType
  documentNumber: string
  /** ISO 3166-1 alpha-3, of passports. */
  country: string | undefined
  image: Buffer
  mediaType: 'image/jpeg' | 'image/png'
}

export type FaceLink = Link<FaceQuestion, FaceVerdict>
