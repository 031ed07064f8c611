import { callProvider, type ProviderAddress, readVerdict } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'

export interface FacePort {
  /** Checks one picture (JPEG or PNG). `subject` is an opaque id of the attempt. The picture is not kept anywhere. */
  verify(check: {
    transactionId: string
    subject: string
    image: Buffer
    mediaType: 'image/jpeg' | 'image/png'
  }): Promise<'pass' | 'fail' | 'no_face'>
}

/**
 * Face checks over HTTP: `POST /face/verifications`, multipart, with a bearer token. `unavailable` as a verdict is no
 * verdict: ProviderUnavailable.
 */
export const createFacePort = (
  policies: ProviderPolicies,
  { timeoutMs, ...address }: ProviderAddress & { timeoutMs: number },
): FacePort => ({
  verify: ({ subject, image, mediaType }) =>
    callProvider(policies, {
      provider: 'face',
      address,
      path: '/face/verifications',
      request: () => {
        const content = new FormData()
        content.set('subject', subject)
        const name = mediaType === 'image/png' ? 'image.png' : 'image.jpg'
        content.set('image', new Blob([new Uint8Array(image)], { type: mediaType }), name)
        return { body: content, headers: { authorization: `Bearer ${address.token}` } }
      },
      timeoutMs,
      // A second picture is a second attempt for the provider: the person takes it anew.
      idempotent: false,
      read: readVerdict(['pass', 'fail', 'no_face'] as const),
    }),
})
