import { createClient } from '@jiankangbao/api-client/client'
import { runExclusive } from '../../platform/exclusive.ts'
import { createTransport } from '../../platform/transport.ts'
import { createRenewal } from './renewal.ts'
import { endSession, readSession, writeSession } from './session.ts'

const transport = createTransport()
const plain = createClient({ transport })

const renewSession = createRenewal({
  read: readSession,
  write: writeSession,
  end: endSession,
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
