import { ApiError, type Transport, type TransportRequest } from './client.ts'

/** Transport over `fetch`, for browsers. `origin` is empty for the own origin. Cookies are sent to the own origin. */
export const createFetchTransport =
  (origin = ''): Transport =>
  async (request) => {
    const limit = startLimit(request.timeoutMs)
    const body = request.file ? toForm(request.file) : request.body
    const ask = async () => {
      const response = await fetch(origin + request.path, {
        method: request.method,
        headers: request.headers,
        credentials: 'same-origin',
        ...(limit.signal ? { signal: limit.signal } : {}),
        ...(body === undefined ? {} : { body }),
      })
      return { response, text: await response.text() }
    }
    try {
      const { response, text } = await Promise.race([ask(), limit.over])
      const retryAfter = Number(response.headers.get('retry-after'))
      return {
        status: response.status,
        // Exports come as text, everything else as JSON.
        body: response.headers.get('content-type')?.startsWith('text/csv') ? text : parse(text),
        ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
      }
    } catch {
      throw new ApiError(0, limit.isOver() ? 'TIMEOUT' : 'NO_NETWORK')
    } finally {
      limit.end()
    }
  }

/** Gives a request up after its time. Chrome before 66 can not break one off: its late answer is then passed over. */
const startLimit = (milliseconds: number) => {
  const abort = typeof AbortController === 'undefined' ? undefined : new AbortController()
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isOver = true
      reject(new Error('timeout'))
      abort?.abort()
    }, milliseconds)
  })
  return { signal: abort?.signal, over, isOver: () => isOver, end: () => clearTimeout(timer) }
}

const toForm = (file: NonNullable<TransportRequest['file']>): FormData => {
  const form = new FormData()
  for (const name of Object.keys(file.fields)) form.append(name, file.fields[name] ?? '')
  form.append(file.field, file.content as Blob, file.fileName)
  return form
}

const parse = (text: string): unknown => {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
