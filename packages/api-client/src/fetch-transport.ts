import { ApiError, type Transport } from './client.ts'

/** Transport over `fetch`, for browsers. `origin` is empty for the own origin. Cookies are sent to the own origin. */
export const createFetchTransport =
  (origin = ''): Transport =>
  async (request) => {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), request.timeoutMs)
    const body = request.file ? toForm(request.file) : request.body
    try {
      const response = await fetch(origin + request.path, {
        method: request.method,
        headers: request.headers,
        credentials: 'same-origin',
        signal: abort.signal,
        ...(body === undefined ? {} : { body }),
      })
      const text = await response.text()
      const retryAfter = Number(response.headers.get('retry-after'))
      return {
        status: response.status,
        // Exports come as text, everything else as JSON.
        body: response.headers.get('content-type')?.startsWith('text/csv') ? text : parse(text),
        ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
      }
    } catch {
      throw new ApiError(0, abort.signal.aborted ? 'TIMEOUT' : 'NO_NETWORK')
    } finally {
      clearTimeout(timer)
    }
  }

const toForm = (file: { field: string; content: unknown; fileName: string }): FormData => {
  const form = new FormData()
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
