import type { ProviderPolicies } from '../policies.ts'
import { type SmsLink, type TemplateIds, valuesInOrder } from '../sms-templates.ts'
import { callTencent, tencentFault } from './call.ts'
import type { TencentAccount } from './tc3.ts'

export interface TencentSms extends TencentAccount {
  smsUrl: string
  region: string
  appId: string
  sign: string
  templates: TemplateIds
  templatesAbroad: TemplateIds
}

interface SendStatus {
  Code?: unknown
  Fee?: unknown
}

const PROVIDER = 'sms_tencent'
const MAINLAND = '+86'
const MOST_FEE = 100

/** Texts by Tencent Cloud (短信 SendSms 2021-01-11). `Fee` of the answer is how many texts are billed. */
export const createTencentSms = (
  policies: ProviderPolicies,
  { smsUrl, region, appId, sign, templates, templatesAbroad, ...account }: TencentSms,
  timeoutMs: number,
): SmsLink => {
  const templatesFor = (phone: string) => (phone.startsWith(MAINLAND) ? templates : templatesAbroad)
  return {
    provider: PROVIDER,
    handles: ({ phone, template }) => templatesFor(phone).has(template),
    ask: async (message) => {
      const units = await callTencent(policies, account, {
        provider: PROVIDER,
        url: smsUrl,
        service: 'sms',
        action: 'SendSms',
        version: '2021-01-11',
        region,
        body: {
          PhoneNumberSet: [message.phone],
          SmsSdkAppId: appId,
          SignName: sign,
          TemplateId: templatesFor(message.phone).get(message.template) ?? '',
          TemplateParamSet: valuesInOrder(message),
          SessionContext: message.messageId,
        },
        timeoutMs,
        idempotent: false,
        read: ({ SendStatusSet }) => {
          const [status] = Array.isArray(SendStatusSet) ? (SendStatusSet as SendStatus[]) : []
          if (status?.Code !== 'Ok') throw tencentFault(status?.Code)
          const fee = Number(status.Fee)
          return Number.isInteger(fee) && fee >= 0 && fee <= MOST_FEE ? fee : 1
        },
      })
      return { answer: true, units }
    },
  }
}
