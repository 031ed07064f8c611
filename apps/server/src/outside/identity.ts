import { createAliyunIdentity } from './aliyun/identity.ts'
import { askInTurn } from './chain.ts'
import { bearerJson, callProvider, type ProviderAddress, readVerdict } from './http-call.ts'
import type { IdentityLink, IdentityQuestion, IdentityVerdict } from './identity-question.ts'
import type { ProviderPolicies } from './policies.ts'
import type { ProviderSettings } from './provider-settings.ts'
import { createTencentIdentity } from './tencent/identity.ts'

export interface IdentityPort {
  /**
   * Whether the identity authority knows this name with this number; `unknown` also where none of the providers knows such
   * documents. @throws ProviderUnavailable
   */
  verify(identity: IdentityQuestion): Promise<IdentityVerdict>
}

/**
 * The identity authority over HTTP: `POST /identity/verifications` with a bearer token. `unavailable` as a verdict is no
 * verdict: ProviderUnavailable.
 */
const createAuthority = (
  policies: ProviderPolicies,
  { timeoutMs, ...address }: ProviderAddress & { timeoutMs: number },
): IdentityLink => ({
  provider: 'identity',
  handles: () => true,
  ask: async (question) => ({
    answer: await callProvider(policies, {
      provider: 'identity',
      address,
      path: '/identity/verifications',
      request: bearerJson(address.token, question),
      timeoutMs,
      idempotent: true,
      read: readVerdict(['match', 'mismatch', 'unknown'] as const),
    }),
    units: 1,
  }),
})

/** All providers of identities, in the order in which `IDENTITY_PROVIDERS` names them. */
export const createIdentityPort = (policies: ProviderPolicies, settings: ProviderSettings): IdentityPort => {
  const { timeoutMs } = settings
  const links = settings.identityProviders.map((kind) => {
    if (kind === 'aliyun') return createAliyunIdentity(policies, settings.aliyun, timeoutMs)
    if (kind === 'tencent') return createTencentIdentity(policies, settings.tencent, timeoutMs)
    return createAuthority(policies, { ...settings.identity, timeoutMs })
  })
  return { verify: async (question) => (await askInTurn(policies, links, question)) ?? 'unknown' }
}
