import type { Config } from '../config.ts'
import { fault, type SafetyFault } from './fault.ts'
import { cloudFaults, isPublished } from './provider-faults.ts'
import { isSandbox, LOOPBACK, urlOf } from './sandbox.ts'

/** Passwords that anybody tries first; besides those that equal the user's name. */
const COMMON = new Set([
  '',
  'postgres',
  'password',
  'passwd',
  'secret',
  'changeme',
  'admin',
  'root',
  '123456',
])

const originFaults = ({ publicOrigin, given }: Config): SafetyFault[] => {
  const where = 'PUBLIC_ORIGIN'
  if (!given.has(where))
    return [
      fault(
        where,
        '未设置。请设为市民访问的 https 地址。',
        'is not set: give the https address that citizens open.',
      ),
    ]
  const url = urlOf(publicOrigin)
  if (!url || url.origin !== publicOrigin)
    return [
      fault(
        where,
        `${publicOrigin} 不是“协议加主机”的地址，例如 https://jkm.example.gov.cn。`,
        `${publicOrigin} is no scheme and host, like https://jkm.example.gov.cn.`,
      ),
    ]
  return [
    ...(url.protocol === 'https:'
      ? []
      : [
          fault(
            where,
            '不是 https：健康码、会话都会明文传输。请在前面部署 HTTPS 代理。',
            'is not https: codes and sessions would go in clear. Put a proxy with HTTPS before the server.',
          ),
        ]),
    ...(LOOPBACK.test(url.hostname)
      ? [
          fault(
            where,
            '是本机地址：市民的手机打不开海报上的链接。',
            'is this machine itself: no phone can open what is on the posters.',
          ),
        ]
      : []),
  ]
}

const providerFaults = (config: Config): SafetyFault[] => {
  const { providers, given } = config
  const named = [
    ...(providers.smsProviders.includes('http') ? [['SMS', providers.sms] as const] : []),
    ...(providers.identityProviders.includes('http') ? [['IDENTITY', providers.identity] as const] : []),
    ...(providers.faceProviders.includes('http') ? [['FACE', providers.face] as const] : []),
    ['TRAVEL_CARD', providers.travelCard],
    ['RISK_AREAS', providers.riskAreas],
    ['PROVINCIAL', { url: providers.provincial.url, token: undefined }],
  ] as const
  const faults = named.flatMap(([name, { url, token }]) => [
    ...(!given.has(`${name}_URL`) || isSandbox(url, config)
      ? [
          fault(
            `${name}_URL`,
            `指向演示用的沙箱（${url}）。请设为正式接口地址。`,
            `leads to the sandbox of the demonstration (${url}): give the address of the provider.`,
          ),
        ]
      : urlOf(url)
        ? []
        : [fault(`${name}_URL`, `${url} 不是网址。`, `${url} is no address.`)]),
    ...(token !== undefined && isPublished(token)
      ? [
          fault(
            `${name}_TOKEN`,
            '未设置或为公开的演示令牌。请设为接口方发放的令牌。',
            'is not set, or one that is published with the program: give what the provider handed out.',
          ),
        ]
      : []),
  ])
  const { appId, secret } = providers.provincial
  return [
    ...faults,
    ...[
      ['PROVINCIAL_APP_ID', appId],
      ['PROVINCIAL_SECRET', secret],
    ]
      .filter(([, value]) => isPublished(value ?? ''))
      .map(([name]) =>
        fault(
          name ?? '',
          '未设置或为公开的演示值。请设为省平台发放的值。',
          'is not set, or one that is published with the program: give what the province handed out.',
        ),
      ),
  ]
}

/** Nobody has to have an exchange that is asked; whoever has one has it in earnest. */
const exchangeFaults = (config: Config): SafetyFault[] => {
  const { exchange } = config.providers
  if (!exchange) return []
  return [
    ...(isSandbox(exchange.url, config) || urlOf(exchange.url)?.protocol !== 'https:'
      ? [
          fault(
            'EXCHANGE_URL',
            `${exchange.url} 不是正式接口的 https 地址。没有可接入的交换机就不要设置。`,
            `${exchange.url} is no https address of an exchange: leave it out where there is none to ask.`,
          ),
        ]
      : []),
    ...(
      [
        ['EXCHANGE_APP_ID', exchange.appId],
        ['EXCHANGE_SECRET', exchange.secret],
      ] as const
    )
      .filter(([, value]) => isPublished(value))
      .map(([name]) =>
        fault(
          name,
          '未设置或为公开的演示值。请设为交换机网关发放的值。',
          'is not set, or one that is published with the program: give what the gateway of the exchange handed out.',
        ),
      ),
  ]
}

const databaseFaults = (config: Config): SafetyFault[] =>
  (
    [
      ['DATABASE_URL', config.databaseUrl],
      ['MIGRATOR_DATABASE_URL', config.migratorUrl],
    ] as const
  ).flatMap(([name, text]) => {
    const url = text === undefined ? undefined : urlOf(text)
    // Without a password in it, the driver takes it from a file or the system's own account.
    if (!url?.password) return []
    const password = decodeURIComponent(url.password)
    if (!COMMON.has(password.toLowerCase()) && password !== decodeURIComponent(url.username)) return []
    return [
      fault(
        name,
        '口令过于常见。请为该账号设置随机口令。',
        'has a password that anybody tries first: give the role a random one.',
      ),
    ]
  })

/** What is wrong with the settings of a real city, all of it. */
export const findSettingsFaults = (config: Config): SafetyFault[] => [
  ...originFaults(config),
  ...(config.given.has('TRUSTED_PROXIES')
    ? []
    : [
        fault(
          'TRUSTED_PROXIES',
          '未设置。请写明服务前面有几层自己的代理；没有写 0。否则所有市民会被当成同一个地址限流。',
          'is not set: say how many proxies of your own stand before the server, 0 for none. Otherwise all citizens are limited as one address.',
        ),
      ]),
  ...providerFaults(config),
  ...exchangeFaults(config),
  ...cloudFaults(config),
  ...databaseFaults(config),
]
