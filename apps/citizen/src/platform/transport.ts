import {
  ApiError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '@jiankangbao/api-client/client'
import Taro from '@tarojs/taro'
import { apiOrigin } from './api-origin.ts'

const retryAfterOf = (headers: Record<string, unknown> | undefined): number => {
  for (const name in headers) if (name.toLowerCase() === 'retry-after') return Number(headers[name])
  return 0
}

const toResponse = (
  status: number,
  body: unknown,
  headers: Record<string, unknown> | undefined,
): TransportResponse => {
  const retryAfter = retryAfterOf(headers)
  return { status, body, ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}) }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const upload = async (request: TransportRequest, file: { field: string; content: unknown }) => {
  const options = {
    url: apiOrigin + request.path,
    filePath: String(file.content),
    name: file.field,
    fileName: file.field,
    // Alipay does not take the type from the file; WeChat ignores this.
    fileType: 'image',
    header: request.headers,
    timeout: request.timeoutMs,
  }
  const answer = await Taro.uploadFile(options)
  return toResponse(
    answer.statusCode,
    parse(String(answer.data)),
    (answer as { header?: Record<string, unknown> }).header,
  )
}

/** Transport of the mini programs. */
export const createTransport = (): Transport => async (request) => {
  try {
    if (request.file) return await upload(request, request.file)
    const answer = await Taro.request<unknown, string>({
      url: apiOrigin + request.path,
      method: request.method as 'GET',
      header: request.headers,
      timeout: request.timeoutMs,
      ...(request.body === undefined ? {} : { data: request.body }),
    })
    return toResponse(answer.statusCode, answer.data, answer.header)
  } catch (error) {
    const said = String((error as { errMsg?: string }).errMsg ?? '')
    throw new ApiError(0, said.includes('timeout') ? 'TIMEOUT' : 'NO_NETWORK')
  }
}
