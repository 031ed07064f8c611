import { randomUUID } from 'node:crypto'
import { type CloudCodes, cloudFault } from '../cloud-fault.ts'
import { callProvider, type ProviderAnswer } from '../http-call.ts'
import type { ProviderPolicies } from '../policies.ts'
import { type AliyunAccount, canonicalQuery, signAcs3 } from './acs3.ts'

interface AliyunCall<T> {
  provider: string
  url: string
  action: string
  version: string
  query: Record<string, string>
  /** Fields of a form, for what is too long or too personal for an address. */
  form?: Record<string, string>
  timeoutMs: number
  idempotent: boolean
  read: (body: Record<string, unknown>) => T
}

const CODES: CloudCodes = {
  unpaid: /AMOUNT_NOT_ENOUGH|OUT_OF_SERVICE|InsufficientBalance|ProductUnOpen|^417$/,
  denied:
    /^InvalidAccessKey|^Incomplete|Signature|Nonce|Forbidden|NoPermission|PERMISSION|^InvalidAction|^InvalidVersion|ACCOUNT_|PRODUCT_|SMS_SIGN|SMS_TEMPLATE|INVALID_SIGN|^40[13]$/,
  failed: /^Throttling|SYSTEM_ERROR|^InternalError|^ServiceUnavailable|TIMEOUT|^(429|5\d\d)$/i,
}

/** What a code of Alibaba Cloud means that is no success. */
export const aliyunFault = (code: unknown): Error => cloudFault(code, CODES)

const objectOf = ({ body }: ProviderAnswer): Record<string, unknown> => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Error('answered without a body')
  return body as Record<string, unknown>
}

/** One call of Alibaba Cloud's RPC style, each try signed anew. */
export const callAliyun = <T>(
  policies: ProviderPolicies,
  account: AliyunAccount,
  { provider, url, action, version, query, form, timeoutMs, idempotent, read }: AliyunCall<T>,
): Promise<T> => {
  const { host } = new URL(url)
  const body = form ? canonicalQuery(form) : ''
  return callProvider(policies, {
    provider,
    address: { url },
    path: `/?${canonicalQuery(query)}`,
    timeoutMs,
    idempotent,
    request: () => {
      const { host: _, ...headers } = signAcs3(account, {
        method: 'POST',
        host,
        action,
        version,
        query,
        contentType: form ? 'application/x-www-form-urlencoded' : undefined,
        body,
        // The clock of the wire: the cloud compares it with its own.
        at: new Date(),
        nonce: randomUUID(),
      })
      return { body, headers }
    },
    refusal: (answer) => aliyunFault(objectOf(answer).Code),
    read: (answer) => read(objectOf(answer)),
  })
}
