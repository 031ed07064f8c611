import type { FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import type { FaceLink } from '../face-question.ts'
import type { ProviderPolicies } from '../policies.ts'
import { callTencent } from './call.ts'
import type { TencentAccount } from './tc3.ts'

export interface TencentFace extends TencentAccount {
  faceUrl: string
  livenessUrl: string
  region: string
}

const PROVIDER = 'face_tencent'
/** Of 100: what the cloud recommends for a living face, and for the same person. */
const LIVING = 40
const SAME = 70

/** Faults that are about the picture or the person. */
const verdictOf = (code: string): FaceVerdict | undefined => {
  if (
    /NoFace|DetectNoFaces|DetectFaces$|LifePhotoPoorQuality|ImageFacedetectFailed|FaceSizeTooSmall/.test(code)
  )
    return 'no_face'
  if (/CompareLowSimilarity|IdNameMisMatch|LifePhotoDetectFake/.test(code)) return 'fail'
  if (/IdNoExistSystem|IdUnkown|IdPhotoNoAvailable|IdPhotoPoorQuality/.test(code)) return 'unsure'
}

const scoreOf = (value: unknown): number => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) throw new Error('answered without a score')
  return value
}

/**
 * A living face (人脸静态活体检测高精度版 DetectLiveFaceAccurate 2020-03-03), then whose it is (照片人脸核身 ImageRecognitionV2
 * 2018-03-01), by Tencent Cloud, for resident cards. Both are billed.
 */
export const createTencentFace = (
  policies: ProviderPolicies,
  { faceUrl, livenessUrl, region, ...account }: TencentFace,
  timeoutMs: number,
): FaceLink => {
  const call = { provider: PROVIDER, region, timeoutMs, idempotent: false, readFault: verdictOf }
  const isLiving = (image: string): Promise<FaceVerdict> =>
    callTencent<FaceVerdict>(policies, account, {
      ...call,
      url: livenessUrl,
      service: 'iai',
      action: 'DetectLiveFaceAccurate',
      version: '2020-03-03',
      body: { Image: image },
      read: ({ Score }) => (scoreOf(Score) >= LIVING ? 'pass' : 'fail'),
    })
  const isOf = (image: string, name: string, documentNumber: string): Promise<FaceVerdict> =>
    callTencent<FaceVerdict>(policies, account, {
      ...call,
      url: faceUrl,
      service: 'faceid',
      action: 'ImageRecognitionV2',
      version: '2018-03-01',
      body: { IdCard: documentNumber, Name: name, ImageBase64: image },
      read: ({ Result, Sim }) => {
        if (Result === 'Success') return scoreOf(Sim) >= SAME ? 'pass' : 'fail'
        const verdict = typeof Result === 'string' ? verdictOf(Result) : undefined
        if (!verdict) throw new Error('answered without a verdict')
        return verdict
      },
    })
  return {
    provider: PROVIDER,
    handles: ({ documentType }) => documentType === 'resident_id',
    ask: async ({ name, documentNumber, image: picture }) => {
      const image = picture.toString('base64')
      const living = await isLiving(image)
      if (living !== 'pass') return { answer: living, units: 1 }
      return { answer: await isOf(image, name, documentNumber), units: 2 }
    },
  }
}
