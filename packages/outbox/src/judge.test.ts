import { ApiError } from '@jiankangbao/api-client/client'
import { describe, expect, it } from 'vitest'
import { judgeSending } from './judge.ts'

describe('what a failed sending means', () => {
  it.each([
    ['a fault of our own', new Error('oops'), 'later'],
    ['no network', new ApiError(0, 'NO_NETWORK'), 'later'],
    ['no answer in time', new ApiError(0, 'TIMEOUT'), 'later'],
    ['nobody signed in', new ApiError(401, 'SESSION_EXPIRED'), 'later'],
    ['a busy server', new ApiError(503, 'BUSY'), 'later'],
    ['too many at once', new ApiError(429, 'TOO_MANY_REQUESTS'), 'later'],
    ['a server that breaks over it', new ApiError(500, 'INTERNAL'), 'skip'],
    ['an error that this version does not know', new ApiError(502, 'SOMETHING' as 'BUSY'), 'skip'],
    ['an answer that got lost', new ApiError(409, 'REQUEST_ID_REUSED'), 'recorded'],
  ])('%s', (_, error, outcome) => {
    expect(judgeSending(error)).toEqual({ outcome })
  })

  it('a refusal, with its code', () => {
    expect(judgeSending(new ApiError(422, 'POINT_CLOSED'))).toEqual({ outcome: 'final', why: 'POINT_CLOSED' })
    expect(judgeSending(new ApiError(403, 'FORBIDDEN'))).toEqual({ outcome: 'final', why: 'FORBIDDEN' })
  })
})
