import { createClient, type Transport } from '@jiankangbao/api-client/client'
import { runExclusive } from '../../platform/exclusive.ts'
import { createTransport } from '../../platform/transport.ts'
import { createRenewal } from './renewal.ts'
import { endSession, readSession, writeSession } from './session.ts'

const bare = createTransport()

/** A session that was revoked elsewhere ends on this phone too, unless another tab has a newer one by now. */
const transport: Transport = async (request) => {
  const response = await bare(request)
  const code = response.status === 401 ? (response.body as { code?: string } | undefined)?.code : undefined
  const token = request.headers.authorization
  if (code === 'SESSION_REVOKED' && token === `Bearer ${readSession()?.accessToken}`) endSession(true)
  return response
}
const plain = createClient({ transport })

const renewSession = createRenewal({
  read: readSession,
  write: writeSession,
  end: () => endSession(true),
  refresh: (refreshToken) => plain.call('refreshSession', { body: { refreshToken } }),
  runExclusive,
  now: Date.now,
})

/** The server, as this citizen. */
export const api = createClient({
  transport,
  headers: () => {
    const token = readSession()?.accessToken
    const headers: Record<string, string> = {}
    if (token) headers.authorization = `Bearer ${token}`
    return headers
  },
  renewSession,
})
