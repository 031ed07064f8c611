import { createAliyunSms } from './aliyun/sms.ts'
import { askInTurn } from './chain.ts'
import { bearerJson, callProvider, type ProviderAddress } from './http-call.ts'
import type { ProviderPolicies } from './policies.ts'
import type { ProviderSettings } from './provider-settings.ts'
import { ProviderUnavailable } from './provider-unavailable.ts'
import { billedTexts, type SmsLink, type SmsMessage } from './sms-templates.ts'
import { createTencentSms } from './tencent/sms.ts'

export interface SmsPort {
  /**
   * Hands one text over for delivery. A gateway sends a repeat with the same `messageId` once; a cloud does not know repeats, and is
   * therefore asked once.
   * @throws ProviderUnavailable where nobody took it
   */
  send(message: SmsMessage): Promise<void>
}

/** A gateway for text messages over HTTP: `POST /sms/messages` with a bearer token. It keeps `messageId`. */
const createGateway = (
  policies: ProviderPolicies,
  { timeoutMs, ...address }: ProviderAddress & { timeoutMs: number },
): SmsLink => ({
  provider: 'sms',
  handles: () => true,
  ask: async ({ messageId, phone, text }) => {
    await callProvider(policies, {
      provider: 'sms',
      address,
      path: '/sms/messages',
      request: bearerJson(address.token, { messageId, phone, text }),
      timeoutMs,
      idempotent: true,
      read: () => undefined,
    })
    return { answer: true, units: billedTexts(text) }
  },
})

/** All providers of texts, in the order in which `SMS_PROVIDERS` names them. */
export const createSmsPort = (policies: ProviderPolicies, settings: ProviderSettings): SmsPort => {
  const { timeoutMs } = settings
  const links = settings.smsProviders.map((kind) => {
    if (kind === 'aliyun') return createAliyunSms(policies, settings.aliyun, timeoutMs)
    if (kind === 'tencent') return createTencentSms(policies, settings.tencent, timeoutMs)
    return createGateway(policies, { ...settings.sms, timeoutMs })
  })
  return {
    send: async (message) => {
      const taken = await askInTurn(policies, links, message)
      if (!taken) throw new ProviderUnavailable('sms', new Error(`nobody sends ${message.template} there`))
    },
  }
}
