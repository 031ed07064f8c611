import type { ProviderPolicies } from '../policies.ts'
import { billedTexts, type SmsLink, type TemplateIds } from '../sms-templates.ts'
import type { AliyunAccount } from './acs3.ts'
import { aliyunFault, callAliyun } from './call.ts'

export interface AliyunSms extends AliyunAccount {
  smsUrl: string
  sign: string
  templates: TemplateIds
  /** Templates for numbers outside the mainland, which are others there. */
  templatesAbroad: TemplateIds
}

const PROVIDER = 'sms_aliyun'
const MAINLAND = '+86'

/** Texts by Alibaba Cloud (短信服务 SendSms 2017-05-25). */
export const createAliyunSms = (
  policies: ProviderPolicies,
  { smsUrl, sign, templates, templatesAbroad, ...account }: AliyunSms,
  timeoutMs: number,
): SmsLink => {
  const templatesFor = (phone: string) => (phone.startsWith(MAINLAND) ? templates : templatesAbroad)
  return {
    provider: PROVIDER,
    handles: ({ phone, template }) => templatesFor(phone).has(template),
    ask: async ({ messageId, phone, text, template, values }) => {
      await callAliyun(policies, account, {
        provider: PROVIDER,
        url: smsUrl,
        action: 'SendSms',
        version: '2017-05-25',
        query: {
          PhoneNumbers: phone.startsWith(MAINLAND) ? phone.slice(MAINLAND.length) : phone.slice(1),
          SignName: sign,
          TemplateCode: templatesFor(phone).get(template) ?? '',
          TemplateParam: JSON.stringify(values),
          OutId: messageId,
        },
        timeoutMs,
        // 不支持幂等: a repeat would be sent again.
        idempotent: false,
        read: ({ Code }) => {
          if (Code !== 'OK') throw aliyunFault(Code)
        },
      })
      return { answer: true, units: billedTexts(text) }
    },
  }
}
