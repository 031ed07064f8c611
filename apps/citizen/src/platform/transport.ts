import type { Transport, TransportRequest } from '@jiankangbao/api-client/client'
import Taro from '@tarojs/taro'
import { apiOrigin } from './api-origin.ts'
import { answerInFailure, toResponse } from './host-refusal.ts'

const upload = async (request: TransportRequest, file: NonNullable<TransportRequest['file']>) => {
  const options = {
    url: apiOrigin + request.path,
    filePath: String(file.content),
    name: file.field,
    fileName: file.field,
    // Alipay does not take the type from the file; WeChat ignores this.
    fileType: 'image',
    formData: file.fields,
    header: request.headers,
    timeout: request.timeoutMs,
  }
  const answer = await Taro.uploadFile(options)
  return toResponse(answer.statusCode, answer.data, (answer as { header?: unknown }).header)
}

/** Transport of the mini programs. A body goes where there is one; both hosts name every request JSON all the same. */
export const createTransport = (): Transport => async (request) => {
  try {
    if (request.file) return await upload(request, request.file)
    const answer = await Taro.request<string, string>({
      url: apiOrigin + request.path,
      method: request.method as 'GET',
      header: request.headers,
      timeout: request.timeoutMs,
      // Text: an answer without a body is no JSON, and Alipay would tell it as a failure.
      dataType: 'text',
      ...(request.body === undefined ? {} : { data: request.body }),
    })
    return toResponse(answer.statusCode, answer.data, answer.header)
  } catch (failure) {
    return answerInFailure(failure)
  }
}
