import { ApiError, type CallInput, createClient } from '@jiankangbao/api-client/client'
import { createFetchTransport } from '@jiankangbao/api-client/fetch-transport'
import { retryDelayMs, shouldRetry } from '@jiankangbao/api-client/retry-timing'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import type { OperatorMe } from '@jiankangbao/contracts/operator/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { reportSessionLost } from './session-loss.ts'

const LOST = new Set<ApiError['code']>(['NOT_SIGNED_IN', 'SESSION_EXPIRED', 'SESSION_REVOKED'])

/** True for answers that mean: sign in again (and not: the password was wrong). */
export const isSessionLoss = (error: unknown): boolean => error instanceof ApiError && LOST.has(error.code)

const noticeLoss = (error: unknown, key: readonly unknown[] | undefined): void => {
  // Whether anybody is signed in at all is asked by `me`; its answer is shown by the gate itself.
  if (key?.[0] !== 'me' && isSessionLoss(error)) reportSessionLost()
}

/** Everything the server said. Nothing of it is kept elsewhere. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => noticeLoss(error, query.queryKey) }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => noticeLoss(error, mutation.options.mutationKey),
  }),
  defaultOptions: {
    queries: {
      retry: shouldRetry,
      retryDelay: retryDelayMs,
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: {
      retry: (failures, error) => failures < 3 && isRefusedBusy(error),
      retryDelay: retryDelayMs,
      networkMode: 'always',
    },
  },
})

// A change is sent again by itself only where the server said that it took nothing.
const isRefusedBusy = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'BUSY' || error.code === 'DATABASE_RESTORED')

const csrfToken = (): string | undefined => queryClient.getQueryData<OperatorMe>(['me'])?.csrfToken

const csrfHeader = (): Record<string, string> => {
  const token = csrfToken()
  return token === undefined ? {} : { 'x-csrf-token': token }
}

/**
 * Calls operations as the signed-in operator, waiting at most `timeoutMs` for an answer. Where another tab signed in
 * meanwhile, the CSRF token is fetched anew and the call made once more. Rejects with ApiError.
 */
export const createOperatorCall = (timeoutMs: number) => {
  const client = createClient({ transport: createFetchTransport(), headers: csrfHeader, timeoutMs })
  return async <Name extends OperationName>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<Call<Name>['result']> => {
    try {
      return await client.call(name, input)
    } catch (error) {
      const refused = error instanceof ApiError && error.code === 'CSRF_REFUSED'
      if (!refused || operations[name].method === 'GET') throw error
      queryClient.setQueryData(['me'], await client.call('getOperatorMe', {}))
      return client.call(name, input)
    }
  }
}

const DESK_TIMEOUT_MS = 15_000

/** The call of all desk pages. */
export const call = createOperatorCall(DESK_TIMEOUT_MS)
