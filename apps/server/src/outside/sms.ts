import { bearerJson, callProvider, type ProviderAddress } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'

export interface SmsPort {
  /** Hands one text over for delivery; a repeat with the same `messageId` is not sent twice. `phone` is E.164. */
  send(message: { messageId: string; phone: string; text: string }): Promise<void>
}

/** A gateway for text messages over HTTP: `POST /sms/messages` with a bearer token. It keeps `messageId`. */
export const createSmsPort = (
  policies: ProviderPolicies,
  { timeoutMs, ...address }: ProviderAddress & { timeoutMs: number },
): SmsPort => ({
  send: async (message) => {
    await callProvider(policies, {
      provider: 'sms',
      address,
      path: '/sms/messages',
      request: bearerJson(address.token, message),
      timeoutMs,
      idempotent: true,
      read: () => undefined,
    })
  },
})
