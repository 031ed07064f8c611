import { setTimeout as wait } from 'node:timers/promises'
import { ProviderUnavailable } from './ports.ts'

export interface ProviderAddress {
  /** Scheme, host and path prefix, without a slash at the end. */
  url: string
  token: string
}

interface ProviderCall {
  provider: string
  address: ProviderAddress
  path: string
  /** Made anew for each try, because a body is read once. */
  body: () => { content: string | FormData; type?: string }
  /** For each try. */
  timeoutMs: number
  /** Whether a repeat does no harm; then a failed try is made once more. */
  idempotent: boolean
}

const MAX_ANSWER_BYTES = 64 * 1024
const RETRY_AFTER_MS = 100

class ProviderAnswer extends Error {
  readonly mayPass: boolean
  constructor(status: number) {
    // The status only: a provider's error text may repeat what it was asked.
    super(`answered ${status}`)
    this.mayPass = status >= 500 || status === 429
  }
}

const readBounded = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_ANSWER_BYTES) throw new Error('answer too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tryOnce = async ({ address, path, body, timeoutMs }: ProviderCall): Promise<unknown> => {
  const { content, type } = body()
  const response = await fetch(`${address.url}${path}`, {
    method: 'POST',
    redirect: 'error',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${address.token}`,
      ...(type ? { 'content-type': type } : {}),
    },
    body: content,
    signal: AbortSignal.timeout(timeoutMs),
  })
  const text = await readBounded(response)
  if (!response.ok) throw new ProviderAnswer(response.status)
  return text === '' ? undefined : JSON.parse(text)
}

/**
 * Posts to a provider and returns the parsed JSON answer. An idempotent call that failed by network, timeout, 429 or
 * 5xx is made once more after 100 to 200 ms, so that the callers of a provider that stumbled do not return as one.
 * @throws ProviderUnavailable for everything that is not a 2xx JSON answer in time.
 */
export const callProvider = async (call: ProviderCall): Promise<unknown> => {
  try {
    return await tryOnce(call)
  } catch (first) {
    const hopeless = first instanceof ProviderAnswer && !first.mayPass
    if (!call.idempotent || hopeless) throw new ProviderUnavailable(call.provider, first)
  }
  await wait(RETRY_AFTER_MS * (1 + Math.random()))
  try {
    return await tryOnce(call)
  } catch (second) {
    throw new ProviderUnavailable(call.provider, second)
  }
}

/** The `verdict` of an answer, if it is one of those expected; everything else is no verdict. */
export const readVerdict = <V extends string>(
  provider: string,
  answer: unknown,
  expected: readonly V[],
): V => {
  const verdict = (answer as { verdict?: unknown } | null | undefined)?.verdict
  const known = expected.find((candidate) => candidate === verdict)
  if (known === undefined) throw new ProviderUnavailable(provider, new Error('answered without a verdict'))
  return known
}
