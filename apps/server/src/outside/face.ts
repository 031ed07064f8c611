import { FACE_VERDICTS, type FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import { createAliyunFace } from './aliyun/face.ts'
import { askInTurn } from './chain.ts'
import type { FaceLink, FaceQuestion } from './face-question.ts'
import { callProvider, type ProviderAddress, readVerdict } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'
import type { ProviderSettings } from './provider-settings.ts'
import { createTencentFace } from './tencent/face.ts'

export interface FacePort {
  /**
   * Says whether one picture (JPEG or PNG) shows a living face, and that of this person. `subject` is an opaque id of the attempt.
   * The picture is not kept anywhere. `unsure` is neither: the provider would not say so of its own, or none knows such documents.
   */
  verify(check: FaceQuestion): Promise<FaceVerdict>
}

/**
 * Face checks over HTTP: `POST /face/verifications`, multipart, with a bearer token. `unavailable` as a verdict is no
 * verdict: ProviderUnavailable.
 */
const createComparison = (
  policies: ProviderPolicies,
  { timeoutMs, ...address }: ProviderAddress & { timeoutMs: number },
): FaceLink => ({
  provider: 'face',
  handles: () => true,
  ask: async ({ subject, name, documentType, documentNumber, country, image, mediaType }) => ({
    answer: await callProvider(policies, {
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
    units: 1,
  }),
})

/** All providers of face checks, in the order in which `FACE_PROVIDERS` names them. */
export const createFacePort = (policies: ProviderPolicies, settings: ProviderSettings): FacePort => {
  const { timeoutMs } = settings
  const links = settings.faceProviders.map((kind) => {
    if (kind === 'aliyun') return createAliyunFace(policies, settings.aliyun, timeoutMs)
    if (kind === 'tencent') return createTencentFace(policies, settings.tencent, timeoutMs)
    return createComparison(policies, { ...settings.face, timeoutMs })
  })
  return { verify: async (question) => (await askInTurn(policies, links, question)) ?? 'unsure' }
}
