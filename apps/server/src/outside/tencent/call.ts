import { type CloudCodes, cloudFault } from '../cloud-fault.ts'
import { callProvider } from '../http-call.ts'
import type { ProviderPolicies } from '../policies.ts'
import { signTc3, type TencentAccount } from './tc3.ts'

interface TencentCall<T> {
  provider: string
  url: string
  service: string
  action: string
  version: string
  region: string
  body: object
  timeoutMs: number
  idempotent: boolean
  read: (response: Record<string, unknown>) => T
  /** What a fault says about what was asked, where it does. */
  readFault?: (code: string) => T | undefined
}

const CODES: CloudCodes = {
  unpaid: /InsufficientBalance|Arrears|^ResourceUnavailable\.|^ResourcesSoldOut|CharacterCountInSmsPackage/,
  denied:
    /^AuthFailure|^UnauthorizedOperation|^InvalidAction|^NoSuchVersion|^UnsupportedRegion|SdkAppId|Signature(Incorrect|NotFound)|Template(Incorrect|NotApproved|Unapproved|ParamSet)|UnOpenError/,
  failed:
    /^InternalError|^RequestLimitExceeded|^LimitExceeded\.(DeliveryFrequency|AppGlobal)|Timeout|ServerError/i,
}

/** What a code of Tencent Cloud means that is no success. */
export const tencentFault = (code: unknown): Error => cloudFault(code, CODES)

const responseOf = (body: unknown): Record<string, unknown> => {
  const response = (body as { Response?: unknown } | null | undefined)?.Response
  if (typeof response !== 'object' || response === null) throw new Error('answered without a response')
  return response as Record<string, unknown>
}

/** One call of Tencent Cloud's interface 3.0, each try signed anew. Faults come with HTTP 200 and an `Error` inside. */
export const callTencent = <T>(
  policies: ProviderPolicies,
  account: TencentAccount,
  {
    provider,
    url,
    service,
    action,
    version,
    region,
    body: value,
    timeoutMs,
    idempotent,
    read,
    readFault,
  }: TencentCall<T>,
): Promise<T> => {
  const { host } = new URL(url)
  const body = JSON.stringify(value)
  return callProvider(policies, {
    provider,
    address: { url },
    path: '/',
    timeoutMs,
    idempotent,
    request: () => ({
      body,
      headers: {
        ...signTc3(account, { service, host, action, body, at: new Date() }),
        'x-tc-version': version,
        'x-tc-region': region,
      },
    }),
    read: (answer) => {
      const response = responseOf(answer.body)
      const error = response.Error as { Code?: unknown } | undefined
      if (error === undefined) return read(response)
      const meant = typeof error?.Code === 'string' ? readFault?.(error.Code) : undefined
      if (meant === undefined) throw tencentFault(error?.Code)
      return meant
    },
  })
}
