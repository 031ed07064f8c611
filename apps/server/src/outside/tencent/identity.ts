import type { IdentityLink, IdentityVerdict } from '../identity-question.ts'
import type { ProviderPolicies } from '../policies.ts'
import { callTencent } from './call.ts'
import type { TencentAccount } from './tc3.ts'

const PROVIDER = 'identity_tencent'

/** -2 and -3: number or name are none. -4, -6, -7: the library is away, or was asked too often. */
const VERDICTS: ReadonlyMap<unknown, IdentityVerdict> = new Map([
  ['0', 'match'],
  ['-1', 'mismatch'],
  ['-2', 'mismatch'],
  ['-3', 'mismatch'],
  ['-5', 'unknown'],
])

/** Name and resident number by Tencent Cloud (身份信息认证 IdCardVerification 2018-03-01). */
export const createTencentIdentity = (
  policies: ProviderPolicies,
  { faceUrl, region, ...account }: TencentAccount & { faceUrl: string; region: string },
  timeoutMs: number,
): IdentityLink => ({
  provider: PROVIDER,
  handles: ({ documentType }) => documentType === 'resident_id',
  ask: async ({ name, documentNumber }) => ({
    answer: await callTencent(policies, account, {
      provider: PROVIDER,
      url: faceUrl,
      service: 'faceid',
      action: 'IdCardVerification',
      version: '2018-03-01',
      region,
      body: { IdCard: documentNumber, Name: name },
      timeoutMs,
      idempotent: true,
      read: ({ Result }) => {
        const verdict = VERDICTS.get(Result)
        if (!verdict) throw new Error('answered without a verdict')
        return verdict
      },
    }),
    units: 1,
  }),
})
