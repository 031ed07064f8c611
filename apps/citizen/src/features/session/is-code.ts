import { ApiError } from '@jiankangbao/api-client/client'

/** True where the server answered with this code. */
export const isCode = (error: unknown, ...codes: ApiError['code'][]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code)
