import { ApiError, type TransportResponse } from '@jiankangbao/api-client/client'

/**
 * What WeChat and Alipay hand to `fail`. Alipay tells every answer from 400 on this way, as error 19 with the answer in it
 * (my.request, 错误码; 常见问题: "查看 status 的 HTTP 状态码").
 */
interface HostFailure {
  errMsg?: unknown
  error?: unknown
  errorMessage?: unknown
  status?: unknown
  statusCode?: unknown
  data?: unknown
  headers?: unknown
  header?: unknown
}

/** Alipay's number for a time that ran out. */
const ALIPAY_TIMEOUT = 13

const parse = (data: unknown): unknown => {
  if (typeof data !== 'string') return data
  if (data === '') return undefined
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}

const retryAfterOf = (headers: unknown): number => {
  const all = (typeof headers === 'object' && headers !== null ? headers : {}) as Record<string, unknown>
  for (const name in all) if (name.toLowerCase() === 'retry-after') return Number(all[name])
  return 0
}

/** An answer of the server as the host has it; the body may be text or parsed already. */
export const toResponse = (status: number, data: unknown, headers: unknown): TransportResponse => {
  const retryAfter = retryAfterOf(headers)
  return { status, body: parse(data), ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}) }
}

/** The server's answer in a failure of the host. @throws ApiError where no answer came */
export const answerInFailure = (failure: unknown): TransportResponse => {
  const { errMsg, error, errorMessage, status, statusCode, data, headers, header } = (failure ??
    {}) as HostFailure
  const answered = Number(status ?? statusCode)
  // Alipay puts its own numbers, 12 and 13, in the place of the status where nothing came.
  if (answered >= 200 && answered <= 599) return toResponse(answered, data, headers ?? header)
  const isLate = Number(error) === ALIPAY_TIMEOUT || /timeout|超时/i.test(`${errMsg} ${errorMessage}`)
  throw new ApiError(0, isLate ? 'TIMEOUT' : 'NO_NETWORK')
}
