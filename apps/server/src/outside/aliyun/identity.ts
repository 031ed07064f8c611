import type { IdentityLink, IdentityVerdict } from '../identity-question.ts'
import type { ProviderPolicies } from '../policies.ts'
import type { AliyunAccount } from './acs3.ts'
import { aliyunFault, callAliyun } from './call.ts'

const PROVIDER = 'identity_aliyun'

const VERDICTS: ReadonlyMap<unknown, IdentityVerdict> = new Map([
  ['1', 'match'],
  ['2', 'mismatch'],
  ['3', 'unknown'],
])

/** Name and resident number by Alibaba Cloud (身份证二要素核验 Id2MetaVerify 2019-03-07). */
export const createAliyunIdentity = (
  policies: ProviderPolicies,
  { authUrl, ...account }: AliyunAccount & { authUrl: string },
  timeoutMs: number,
): IdentityLink => ({
  provider: PROVIDER,
  handles: ({ documentType }) => documentType === 'resident_id',
  ask: async ({ name, documentNumber }) => ({
    answer: await callAliyun(policies, account, {
      provider: PROVIDER,
      url: authUrl,
      action: 'Id2MetaVerify',
      version: '2019-03-07',
      query: { ParamType: 'normal', UserName: name, IdentifyNum: documentNumber },
      timeoutMs,
      idempotent: true,
      read: ({ Code, ResultObject }) => {
        if (Code !== '200') throw aliyunFault(Code)
        const verdict = VERDICTS.get((ResultObject as { BizCode?: unknown } | null | undefined)?.BizCode)
        if (!verdict) throw new Error('answered without a verdict')
        return verdict
      },
    }),
    units: 1,
  }),
})
