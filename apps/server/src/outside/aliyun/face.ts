import type { FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import type { FaceLink } from '../face-question.ts'
import type { ProviderPolicies } from '../policies.ts'
import type { AliyunAccount } from './acs3.ts'
import { aliyunFault, callAliyun } from './call.ts'

const PROVIDER = 'face_aliyun'
/** 传入图片不可用. */
const UNUSABLE_PICTURE = '419'

/** What the sub-codes say of the person: another name, another face, a picture of a picture; or that nobody can tell. */
const VERDICTS: ReadonlyMap<unknown, FaceVerdict> = new Map([
  ['200', 'pass'],
  ['201', 'fail'],
  ['202', 'unsure'],
  ['203', 'unsure'],
  ['204', 'fail'],
  ['205', 'fail'],
  ['206', 'unsure'],
  ['207', 'fail'],
])

interface Result {
  Passed?: unknown
  SubCode?: unknown
}

/** A living face and whose it is, by Alibaba Cloud (金融级实人认证 ContrastFaceVerify 2019-03-07), for resident cards. */
export const createAliyunFace = (
  policies: ProviderPolicies,
  { authUrl, faceScene, ...account }: AliyunAccount & { authUrl: string; faceScene: string },
  timeoutMs: number,
): FaceLink => ({
  provider: PROVIDER,
  handles: ({ documentType }) => documentType === 'resident_id',
  ask: async ({ transactionId, name, documentNumber, image }) => ({
    answer: await callAliyun(policies, account, {
      provider: PROVIDER,
      url: authUrl,
      action: 'ContrastFaceVerify',
      version: '2019-03-07',
      query: {},
      form: {
        SceneId: faceScene,
        OuterOrderNo: transactionId.replaceAll('-', ''),
        ProductCode: 'PV_FV',
        Model: 'FRONT_CAMERA_LIVENESS',
        CertType: 'IDENTITY_CARD',
        CertName: name,
        CertNo: documentNumber,
        FaceContrastPicture: image.toString('base64'),
      },
      timeoutMs,
      idempotent: false,
      read: ({ Code, ResultObject }) => {
        if (Code === UNUSABLE_PICTURE) return 'no_face'
        if (Code !== '200') throw aliyunFault(Code)
        const { Passed, SubCode } = (ResultObject ?? {}) as Result
        const verdict = VERDICTS.get(SubCode)
        // A pass is said twice; whoever says it once says nothing.
        if (!verdict || (verdict === 'pass') !== (Passed === 'T'))
          throw new Error('answered without a verdict')
        return verdict
      },
    }),
    units: 1,
  }),
})
