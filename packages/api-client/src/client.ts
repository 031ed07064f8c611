import type { ErrorBody, ErrorCode } from '@jiankangbao/contracts/error-codes'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import type { NamedIdentity } from '@jiankangbao/contracts/person/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'

/** What a transport gets; bodies are JSON unless `file` is given. */
export interface TransportRequest {
  method: string
  /** Path and query, beginning with `/api/`. */
  path: string
  headers: Record<string, string>
  body?: string
  file?: { field: string; content: unknown; fileName: string; fields: Record<string, string> }
  timeoutMs: number
}
export interface TransportResponse {
  status: number
  body: unknown
  retryAfterSeconds?: number
}
/** Carries one request. Rejects only where no answer came: that is `no_network`, or `timeout`. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>

/** An answer that is not a success: `status` is 0 where no answer came. */
export class ApiError extends Error {
  readonly status: number
  readonly code: ErrorCode | 'NO_NETWORK' | 'TIMEOUT'
  readonly fields: { field: string; reason: string }[]
  readonly retryAfterSeconds: number | undefined
  readonly requestId: string | undefined
  constructor(status: number, code: ApiError['code'], body?: Partial<ErrorBody>, retryAfterSeconds?: number) {
    super(body?.message ?? code)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.fields = body?.fields ?? []
    this.retryAfterSeconds = retryAfterSeconds ?? body?.retryAfterSeconds
    this.requestId = body?.requestId
  }
}

type Defined<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] }
/** The parts an operation needs: `{}` where it takes nothing. */
export type CallInput<Name extends OperationName> = Defined<Pick<Call<Name>, 'params' | 'query' | 'body'>>

export interface ClientOptions {
  transport: Transport
  /** Headers of every request, for example authorization; read at each call. */
  headers?: () => Record<string, string>
  /** Called on 401 SESSION_EXPIRED / NOT_SIGNED_IN once per request; true means: try again. */
  renewSession?: () => Promise<boolean>
  timeoutMs?: number
}

const withParams = (path: string, params: Record<string, string> | undefined): string =>
  path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(String(params?.[name] ?? '')))

const withQuery = (path: string, query: Record<string, unknown> | undefined): string => {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  if (pairs.length === 0) return path
  return `${path}?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')}`
}

const toError = (response: TransportResponse): ApiError => {
  const body = (
    typeof response.body === 'object' && response.body !== null ? response.body : {}
  ) as Partial<ErrorBody>
  const fallback: ErrorCode = response.status === 503 ? 'BUSY' : 'INTERNAL'
  return new ApiError(response.status, body.code ?? fallback, body, response.retryAfterSeconds)
}

interface AnyInput {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

/** The typed client: `client.call('recordVisit', { body })` resolves to the success body or rejects with ApiError. */
export const createClient = (options: ClientOptions) => {
  const usualMs = options.timeoutMs ?? 10_000
  const send = (request: Omit<TransportRequest, 'headers'>) =>
    options.transport({
      ...request,
      headers: {
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers?.(),
      },
    })

  const sendOnce = async (
    request: Omit<TransportRequest, 'headers'>,
    mayRenew: boolean,
  ): Promise<unknown> => {
    const response = await send(request)
    if (response.status >= 200 && response.status < 300) return response.body
    const error = toError(response)
    const renewable = error.code === 'SESSION_EXPIRED' || error.code === 'NOT_SIGNED_IN'
    if (mayRenew && renewable && options.renewSession && (await options.renewSession()))
      return sendOnce(request, false)
    throw error
  }

  const call = <Name extends OperationName>(
    name: Name,
    input: CallInput<Name>,
    { timeoutMs = usualMs }: { timeoutMs?: number } = {},
  ): Promise<Call<Name>['result']> => {
    const { method, path } = operations[name]
    const parts = input as AnyInput
    return sendOnce(
      {
        timeoutMs,
        method,
        path: withQuery(withParams(path, parts.params), parts.query),
        ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
      },
      true,
    ) as Promise<Call<Name>['result']>
  }

  /**
   * Face of one named person: multipart, `content` as `image` beside the fields of the identity. `content` is what the transport
   * understands (Blob, or a mini program's file path).
   */
  const uploadFace = (
    content: unknown,
    identity: NamedIdentity,
  ): Promise<Call<'createFaceCheck'>['result']> => {
    const { method, path } = operations.createFaceCheck
    const fields: Record<string, string> = {}
    for (const [name, value] of Object.entries(identity)) if (value !== undefined) fields[name] = value
    return sendOnce(
      { method, path, file: { field: 'image', content, fileName: 'face.jpg', fields }, timeoutMs: usualMs },
      true,
    ) as Promise<Call<'createFaceCheck'>['result']>
  }
  return { call, uploadFace }
}

export type Client = ReturnType<typeof createClient>
