import type { DocumentType } from '@jiankangbao/contracts/schemas/atoms'
import type { ProvincialPort } from './provincial.ts'
import type { RiskAreaPort } from './risk-areas.ts'
import type { TravelCardPort } from './travel-card.ts'

export interface SmsPort {
  /** Hands one text over for delivery; a repeat with the same `messageId` is not sent twice. `phone` is E.164. */
  send(message: { messageId: string; phone: string; text: string }): Promise<void>
}

export interface IdentityPort {
  /** Whether the identity authority knows this name with this number. */
  verify(identity: {
    transactionId: string
    name: string
    documentType: DocumentType
    documentNumber: string
  }): Promise<'match' | 'mismatch' | 'unknown'>
}

export interface FacePort {
  /** Checks one picture (JPEG or PNG). `subject` is an opaque id of the attempt. The picture is not kept anywhere. */
  verify(check: {
    transactionId: string
    subject: string
    image: Buffer
    mediaType: 'image/jpeg' | 'image/png'
  }): Promise<'pass' | 'fail' | 'no_face'>
}

export interface Ports {
  sms: SmsPort
  identity: IdentityPort
  face: FacePort
  provincial: ProvincialPort
  travelCard: TravelCardPort
  riskAreas: RiskAreaPort
}
