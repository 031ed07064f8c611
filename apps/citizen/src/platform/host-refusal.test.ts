import { describe, expect, it } from 'vitest'
import { answerInFailure } from './host-refusal.ts'

const codeOf = (failure: unknown): string => {
  try {
    return `answered ${answerInFailure(failure).status}`
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a failure of the host', () => {
  it('holds the answer where there is one: Alipay tells refusals as error 19', () => {
    const refusal = { code: 'SESSION_EXPIRED', message: 'x', requestId: 'r' }
    const failure = { error: 19, errorMessage: 'http status error', status: 401, headers: {} }
    expect(answerInFailure({ ...failure, data: refusal })).toEqual({ status: 401, body: refusal })
    expect(answerInFailure({ ...failure, data: JSON.stringify(refusal) })).toEqual({
      status: 401,
      body: refusal,
    })
    expect(answerInFailure({ ...failure, status: 503, data: '', headers: { 'Retry-After': '7' } })).toEqual({
      status: 503,
      body: undefined,
      retryAfterSeconds: 7,
    })
    expect(answerInFailure({ ...failure, status: '404', data: '<html>' })).toEqual({
      status: 404,
      body: undefined,
    })
  })

  it.each([
    [{ errMsg: 'request:fail timeout' }, 'TIMEOUT'],
    [{ errMsg: 'request:fail ' }, 'NO_NETWORK'],
    [
      { errMsg: 'request:fail errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT' },
      'NO_NETWORK',
    ],
    [{ error: 12, errorMessage: '网络出错' }, 'NO_NETWORK'],
    [{ error: 13, errorMessage: '请求超时' }, 'TIMEOUT'],
    [
      { error: 14, status: 13, errorMessage: 'JSON parse data error', data: '请求超时异常', headers: {} },
      'NO_NETWORK',
    ],
    [{ error: 19, errorMessage: 'http status error' }, 'NO_NETWORK'],
    [undefined, 'NO_NETWORK'],
  ])('says of %o: %s', (failure, code) => {
    expect(codeOf(failure)).toBe(code)
  })
})
