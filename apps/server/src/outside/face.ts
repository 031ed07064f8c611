import type { DocumentType } from '@jiankangbao/domain/identity/document'
import { FACE_VERDICTS, type FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import { callProvider, type ProviderAddress, readVerdict } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'

export interface FacePort {
  /**
   * Says whether one picture (JPEG or PNG) shows a living face, and that of this person. `subject` is an opaque id of the attempt.
   * The picture is not kept anywhere. `unsure` is neither: the provider would not say so of its own.
   */
  verify(check: {
    transactionId: string
    subject: string
    name: string
    documentType: DocumentType
    documentNumber: string
    /** ISO 3166-1 alpha-3, of passports. */
    country: string | undefined
    image: Buffer
    mediaType: 'image/jpeg' | 'image/png'
  }): Promise<FaceVerdict>
}

/**
 * Face checks over HTTP: `POST /face/verifications`, multipart, with a bearer token. `unavailable` as a verdict is no
 * verdict: ProviderUnavailable.
 */
export const createFacePort = (
  policies: ProviderPolicies,
  { timeoutMs, ...address }: ProviderAddress & { timeoutMs: number },
): FacePort => ({
  verify: ({ subject, name, documentType, documentNumber, country, image, mediaType }) =>
    callProvider(policies, {
      provider: 'face',
      address,
      path: '/face/verifications',
      request: () => {
        const content = new FormData()
        content.set('subject', subject)
        content.set('name', name)
        content.set('documentType', documentType)
        content.set('documentNumber', documentNumber)
        if (country) content.set('country', country)
        const fileName = mediaType === 'image/png' ? 'image.png' : 'image.jpg'
        content.set('image', new Blob([new Uint8Array(image)], { type: mediaType }), fileName)
        return { body: content, headers: { authorization: `Bearer ${address.token}` } }
      },
      timeoutMs,
      // A second picture is a second attempt for the provider: the person takes it anew.
      idempotent: false,
      read: readVerdict(FACE_VERDICTS),
    }),
})
