import { ApiError, createClient, type Transport } from '@jiankangbao/api-client/client'
import { runExclusive } from '../../platform/exclusive.ts'
import { createTransport } from '../../platform/transport.ts'
import { createRenewal } from './renewal.ts'
import { endSession, readSession, sessionOwner, writeSession } from './session.ts'

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

const renewal = createRenewal({
  read: readSession,
  write: writeSession,
  end: () => endSession(true),
  refresh: (refreshToken) => plain.call('refreshSession', { body: { refreshToken } }),
  runExclusive,
  now: Date.now,
})

/** Gets a new access token at once, though the one there is still good: what it says about the person has changed. */
export const renewSessionNow = renewal.renewNow

const authorization = (): Record<string, string> => {
  const token = readSession()?.accessToken
  return token ? { authorization: `Bearer ${token}` } : {}
}

/** The server, as this citizen. */
export const api = createClient({ transport, headers: authorization, renewSession: renewal.renew })

/** The server as `owner` and nobody else: rejects with 401 where another account is signed in, at the second try too. */
export const apiOf = (owner: string) =>
  createClient({
    transport,
    headers: () => {
      if (sessionOwner() !== owner) throw new ApiError(401, 'NOT_SIGNED_IN')
      return authorization()
    },
    renewSession: renewal.renew,
  })
