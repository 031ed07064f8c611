import type { Config } from '../config.ts'
import type { ProviderKind } from '../outside/provider-settings.ts'
import { SMS_TEMPLATES, type TemplateIds } from '../outside/sms-templates.ts'
import { fault, type SafetyFault } from './fault.ts'
import { isSandbox, urlOf } from './sandbox.ts'

const LEAST_KEY = 24

export const isPublished = (token: string): boolean =>
  token.trim() === '' || /^sandbox(-|$)/i.test(token.trim())

const missing = (where: string): SafetyFault =>
  fault(
    where,
    '未设置或为公开的演示值。请设为云服务商发放的值。',
    'is not set, or one that is published with the program: give what the cloud handed out.',
  )

const addressFault = (where: string, text: string, config: Config): SafetyFault[] => {
  const url = urlOf(text)
  // The path is signed as `/`: an address with another one would be refused by the cloud.
  if (url?.protocol === 'https:' && url.origin === text && !isSandbox(text, config)) return []
  return [
    fault(
      where,
      `${text} 不是云服务的 https 地址（协议加主机，不带路径）。`,
      `${text} is no https address of a cloud: scheme and host, no path.`,
    ),
  ]
}

const templateFaults = (where: string, templates: TemplateIds): SafetyFault[] => {
  const lacking = Object.keys(SMS_TEMPLATES).filter(
    (name) => !(templates as ReadonlyMap<string, string>).has(name),
  )
  return lacking.length === 0
    ? []
    : [
        fault(
          where,
          `缺少模板 ${lacking.join('、')}：这些短信不会由它发出。请先在云平台申请，再写成 名称=编号。`,
          `lacks ${lacking.join(', ')}: it would not send these texts. Have them approved there and write name=id.`,
        ),
      ]
}

const aliyunFaults = (config: Config, of: readonly ProviderKind[][]): SafetyFault[] => {
  const { aliyun } = config.providers
  const [sms = [], identity = [], face = []] = of
  const usesAuth = identity.includes('aliyun') || face.includes('aliyun')
  if (!sms.includes('aliyun') && !usesAuth) return []
  return [
    ...(isPublished(aliyun.accessKeyId) ? [missing('ALIYUN_ACCESS_KEY_ID')] : []),
    ...(isPublished(aliyun.accessKeySecret) ? [missing('ALIYUN_ACCESS_KEY_SECRET')] : []),
    ...(sms.includes('aliyun')
      ? [
          ...addressFault('ALIYUN_SMS_URL', aliyun.smsUrl, config),
          ...(aliyun.sign ? [] : [missing('ALIYUN_SMS_SIGN')]),
          ...templateFaults('ALIYUN_SMS_TEMPLATES', aliyun.templates),
        ]
      : []),
    ...(usesAuth ? addressFault('ALIYUN_AUTH_URL', aliyun.authUrl, config) : []),
    ...(face.includes('aliyun') && !aliyun.faceScene ? [missing('ALIYUN_FACE_SCENE')] : []),
  ]
}

const tencentFaults = (config: Config, of: readonly ProviderKind[][]): SafetyFault[] => {
  const { tencent } = config.providers
  const [sms = [], identity = [], face = []] = of
  const usesFaceId = identity.includes('tencent') || face.includes('tencent')
  if (!sms.includes('tencent') && !usesFaceId) return []
  return [
    ...(isPublished(tencent.secretId) ? [missing('TENCENT_SECRET_ID')] : []),
    ...(isPublished(tencent.secretKey) ? [missing('TENCENT_SECRET_KEY')] : []),
    ...(sms.includes('tencent')
      ? [
          ...addressFault('TENCENT_SMS_URL', tencent.smsUrl, config),
          ...(tencent.appId ? [] : [missing('TENCENT_SMS_APP_ID')]),
          ...(tencent.sign ? [] : [missing('TENCENT_SMS_SIGN')]),
          ...templateFaults('TENCENT_SMS_TEMPLATES', tencent.templates),
        ]
      : []),
    ...(usesFaceId ? addressFault('TENCENT_FACEID_URL', tencent.faceUrl, config) : []),
    ...(face.includes('tencent') ? addressFault('TENCENT_IAI_URL', tencent.livenessUrl, config) : []),
  ]
}

const billFaults = ({ providers }: Config): SafetyFault[] =>
  [...providers.budgets.keys()]
    .filter((provider) => !providers.prices.get(provider))
    .map((provider) =>
      fault(
        'PROVIDER_BUDGETS',
        `为 ${provider} 设了每日预算，但 PROVIDER_PRICES 没有它的单价：预算永远用不完。`,
        `gives ${provider} a budget, but PROVIDER_PRICES no price: the budget would never be used up.`,
      ),
    )

const receiptFaults = ({ providers: { receiptKey } }: Config): SafetyFault[] =>
  receiptKey === undefined || receiptKey.length >= LEAST_KEY
    ? []
    : [
        fault(
          'SMS_RECEIPT_KEY',
          `不足 ${LEAST_KEY} 个字符：任何人都可能猜到并伪造短信回执。`,
          `has less than ${LEAST_KEY} characters: anybody could guess it and make receipts up.`,
        ),
      ]

/** What is wrong with what is set for the clouds that are to be asked. */
export const cloudFaults = (config: Config): SafetyFault[] => {
  const { smsProviders, identityProviders, faceProviders } = config.providers
  const kinds = [[...smsProviders], [...identityProviders], [...faceProviders]]
  return [
    ...aliyunFaults(config, kinds),
    ...tencentFaults(config, kinds),
    ...billFaults(config),
    ...receiptFaults(config),
  ]
}
