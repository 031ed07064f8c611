import type { AliyunSms } from './aliyun/sms.ts'
import { SMS_TEMPLATES, type SmsTemplate, type TemplateIds } from './sms-templates.ts'
import type { TencentFace } from './tencent/face.ts'
import type { TencentSms } from './tencent/sms.ts'

/** `http`: whatever speaks our own small interface, like the sandbox. */
export const PROVIDER_KINDS = ['http', 'aliyun', 'tencent'] as const
export type ProviderKind = (typeof PROVIDER_KINDS)[number]

interface Address {
  url: string
  token: string
}

export interface ProviderSettings {
  sms: Address
  identity: Address
  face: Address
  travelCard: Address
  riskAreas: Address
  /** Requests are signed with the secret (HMAC-SHA-256) under the application's id. */
  provincial: { url: string; appId: string; secret: string }
  /** The telephone exchange of the hotline; signed like the province. None: the desk types what its telephones show. */
  exchange: { url: string; appId: string; secret: string } | undefined
  /** In the order in which they are asked. */
  smsProviders: readonly ProviderKind[]
  identityProviders: readonly ProviderKind[]
  faceProviders: readonly ProviderKind[]
  aliyun: AliyunSms & { authUrl: string; faceScene: string }
  tencent: TencentSms & TencentFace
  /** Yuan for one unit, and yuan a day, by the names of the figures: `sms_aliyun`. */
  prices: ReadonlyMap<string, number>
  budgets: ReadonlyMap<string, number>
  /** Stands in the address to which receipts of texts are posted; none are taken without it. */
  receiptKey: string | undefined
  timeoutMs: number
}

type Environment = Record<string, string | undefined>

const kindsFrom = (env: Environment, name: string): ProviderKind[] => {
  const text = env[name] || 'http'
  const kinds = text.split(',').map((each) => each.trim())
  const known = kinds.filter((kind): kind is ProviderKind =>
    (PROVIDER_KINDS as readonly string[]).includes(kind),
  )
  if (known.length !== kinds.length || new Set(kinds).size !== kinds.length)
    throw new Error(
      `${name} must be a list like "aliyun,tencent" of ${PROVIDER_KINDS.join(', ')}, got "${text}".`,
    )
  return known
}

const templatesFrom = (env: Environment, name: string): TemplateIds => {
  const pairs = (env[name] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map((entry) => {
      const [, template, id] = /^(\w+)=([A-Za-z0-9_]{1,40})$/.exec(entry) ?? []
      if (!template || !id || !Object.hasOwn(SMS_TEMPLATES, template))
        throw new Error(
          `${name} must be a list like "sign_in_code=SMS_1,news=SMS_2" of ${Object.keys(SMS_TEMPLATES).join(', ')}, got "${entry}".`,
        )
      return [template as SmsTemplate, id] as const
    })
  return new Map(pairs)
}

/** Every provider that may cost something, as it is called in figures and settings. */
export const BILLED_PROVIDERS = ['sms', 'identity', 'face'].flatMap((what) => [
  what,
  `${what}_aliyun`,
  `${what}_tencent`,
])

const amountsFrom = (env: Environment, name: string): ReadonlyMap<string, number> => {
  const pairs = (env[name] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map((entry) => {
      const [, provider = '', amount] = /^(\w+)=(\d{1,8}(?:\.\d{1,4})?)$/.exec(entry) ?? []
      if (amount === undefined || !BILLED_PROVIDERS.includes(provider))
        throw new Error(
          `${name} must be a list like "sms_aliyun=0.045" in yuan, of ${BILLED_PROVIDERS.join(', ')}; got "${entry}".`,
        )
      return [provider, Number(amount)] as const
    })
  return new Map(pairs)
}

/** The sandbox has an exchange to try; a real city that names none has none that is asked. */
const exchangeFrom = (env: Environment, sandbox: string): ProviderSettings['exchange'] => {
  const isDemonstration = (env.DEMO || 'true') === 'true'
  const url = env.EXCHANGE_URL ?? (isDemonstration ? sandbox : '')
  if (url === '') return undefined
  return {
    url: url.replace(/\/+$/, ''),
    appId: env.EXCHANGE_APP_ID ?? 'sandbox-hotline',
    secret: env.EXCHANGE_SECRET ?? 'sandbox-exchange',
  }
}

/** Where everything outside is and who we are there; throws with the name of a setting that is wrong. */
export const readProviders = (env: Environment, sandbox: string, timeoutMs: number): ProviderSettings => {
  const url = (name: string, otherwise: string) => (env[name] || otherwise).replace(/\/+$/, '')
  const provider = (name: string): Address => ({
    url: url(`${name}_URL`, sandbox),
    token: env[`${name}_TOKEN`] ?? `sandbox-${name.toLowerCase().replaceAll('_', '-')}`,
  })
  return {
    sms: provider('SMS'),
    identity: provider('IDENTITY'),
    face: provider('FACE'),
    travelCard: provider('TRAVEL_CARD'),
    riskAreas: provider('RISK_AREAS'),
    provincial: {
      url: provider('PROVINCIAL').url,
      appId: env.PROVINCIAL_APP_ID ?? 'sandbox-city',
      secret: env.PROVINCIAL_SECRET ?? 'sandbox-provincial',
    },
    exchange: exchangeFrom(env, sandbox),
    smsProviders: kindsFrom(env, 'SMS_PROVIDERS'),
    identityProviders: kindsFrom(env, 'IDENTITY_PROVIDERS'),
    faceProviders: kindsFrom(env, 'FACE_PROVIDERS'),
    aliyun: {
      accessKeyId: env.ALIYUN_ACCESS_KEY_ID ?? 'sandbox-aliyun',
      accessKeySecret: env.ALIYUN_ACCESS_KEY_SECRET ?? 'sandbox-aliyun-secret',
      smsUrl: url('ALIYUN_SMS_URL', 'https://dysmsapi.aliyuncs.com'),
      sign: env.ALIYUN_SMS_SIGN ?? '',
      templates: templatesFrom(env, 'ALIYUN_SMS_TEMPLATES'),
      templatesAbroad: templatesFrom(env, 'ALIYUN_SMS_TEMPLATES_ABROAD'),
      authUrl: url('ALIYUN_AUTH_URL', 'https://cloudauth.aliyuncs.com'),
      faceScene: env.ALIYUN_FACE_SCENE ?? '',
    },
    tencent: {
      secretId: env.TENCENT_SECRET_ID ?? 'sandbox-tencent',
      secretKey: env.TENCENT_SECRET_KEY ?? 'sandbox-tencent-secret',
      region: env.TENCENT_REGION || 'ap-guangzhou',
      smsUrl: url('TENCENT_SMS_URL', 'https://sms.tencentcloudapi.com'),
      appId: env.TENCENT_SMS_APP_ID ?? '',
      sign: env.TENCENT_SMS_SIGN ?? '',
      templates: templatesFrom(env, 'TENCENT_SMS_TEMPLATES'),
      templatesAbroad: templatesFrom(env, 'TENCENT_SMS_TEMPLATES_ABROAD'),
      faceUrl: url('TENCENT_FACEID_URL', 'https://faceid.tencentcloudapi.com'),
      livenessUrl: url('TENCENT_IAI_URL', 'https://iai.tencentcloudapi.com'),
    },
    prices: amountsFrom(env, 'PROVIDER_PRICES'),
    budgets: amountsFrom(env, 'PROVIDER_BUDGETS'),
    receiptKey: env.SMS_RECEIPT_KEY || undefined,
    timeoutMs,
  }
}
