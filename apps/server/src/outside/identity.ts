import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { bearerJson, callProvider, type ProviderAddress, readVerdict } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'

export interface IdentityPort {
  /** Whether the identity authority knows this name with this number. */
  verify(identity: {
    transactionId: string
    name: string
    documentType: DocumentType
    documentNumber: string
  }): Promise<'match' | 'mismatch' | 'unknown'>
}

/**
 * The identity authority over HTTP: `POST /identity/verifications` with a bearer token. `unavailable` as a verdict is no
 * verdict: ProviderUnavailable.
 */
export const createIdentityPort = (
  policies: ProviderPolicies,
  { timeoutMs, ...address }: ProviderAddress & { timeoutMs: number },
): IdentityPort => ({
  verify: (question) =>
    callProvider(policies, {
      provider: 'identity',
      address,
      path: '/identity/verifications',
      request: bearerJson(address.token, question),
      timeoutMs,
      idempotent: true,
      read: readVerdict(['match', 'mismatch', 'unknown'] as const),
    }),
})
