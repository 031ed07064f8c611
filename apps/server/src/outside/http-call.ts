import { type ProviderPolicies, ProviderRefused } from './policies.ts'
import { ProviderUnavailable } from './provider-unavailable.ts'

export interface ProviderAddress {
  /** Scheme, host and path prefix, without a slash at the end. */
  url: string
  token: string
}

interface ProviderCall<T> {
  provider: string
  address: Pick<ProviderAddress, 'url'>
  path: string
  method?: 'GET' | 'POST'
  /** Made anew for each try, because a body is read once and a signature holds one try. */
  request: () => { body?: string | FormData; headers: Record<string, string> }
  /** For each try. */
  timeoutMs: number
  /** Whether a repeat does no harm; then a failed try is made once more. */
  idempotent: boolean
  /** 64 KiB unless given. */
  maxAnswerBytes?: number
  /** Makes sense of an answer; what it throws makes the try a failed one, like no answer at all. */
  read: (answer: ProviderAnswer) => T
  /** What an answer other than 2xx means, where its body says so; by its status unless given. */
  refusal?: (answer: ProviderAnswer) => Error
}

export interface ProviderAnswer {
  status: number
  etag: string | undefined
  /** Of providers that sign what they answer, as it stands in the header. */
  signature?: string | undefined
  /** The body as it came. */
  text: string
  /** Parsed JSON; undefined where there is none. */
  body: unknown
}

const MAX_ANSWER_BYTES = 64 * 1024

const readBounded = async (response: Response, limit: number): Promise<string> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw new Error('answer too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tryOnce = async <T>(call: ProviderCall<T>, signal: AbortSignal): Promise<T> => {
  const { body, headers } = call.request()
  const response = await fetch(`${call.address.url}${call.path}`, {
    method: call.method ?? 'POST',
    redirect: 'error',
    headers: { accept: 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
    signal,
  })
  const text = await readBounded(response, call.maxAnswerBytes ?? MAX_ANSWER_BYTES)
  const { status } = response
  if (status >= 500 || status === 429) throw new Error(`answered ${status}`)
  const etag = response.headers.get('etag') ?? undefined
  const signature = response.headers.get('x-signature') ?? undefined
  if (!response.ok && status !== 304) {
    if (!call.refusal) throw new ProviderRefused(status)
    throw call.refusal({ status, etag, text, body: text === '' ? undefined : JSON.parse(text) })
  }
  return call.read({ status, etag, signature, text, body: text === '' ? undefined : JSON.parse(text) })
}

/** A JSON body with a bearer token, as most providers take it. */
export const bearerJson = (token: string, value: unknown) => () => ({
  body: JSON.stringify(value),
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
})

/**
 * Calls a provider under its policies and returns what was read from the JSON answer.
 * @throws ProviderUnavailable for everything that is not a 2xx (or 304) JSON answer in time that makes sense, also while
 * the provider's breaker is open or too many calls wait.
 */
export const callProvider = async <T>(policies: ProviderPolicies, call: ProviderCall<T>): Promise<T> => {
  try {
    return await policies.run(call, (signal) => tryOnce(call, signal))
  } catch (error) {
    throw new ProviderUnavailable(call.provider, error)
  }
}

/** Reads the `verdict` of an answer, if it is one of those expected; everything else is no verdict. */
export const readVerdict =
  <V extends string>(expected: readonly V[]) =>
  ({ body }: ProviderAnswer): V => {
    const verdict = (body as { verdict?: unknown } | null | undefined)?.verdict
    const known = expected.find((candidate) => candidate === verdict)
    if (known === undefined) throw new Error('answered without a verdict')
    return known
  }
