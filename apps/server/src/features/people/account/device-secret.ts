import { randomBytes } from 'node:crypto'
import type { Session, SessionRequest } from '@jiankangbao/contracts/account/schemas'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hostCookie } from '../../../http/access.ts'

/** As long as browsers keep a cookie; a device that signs in renews it. */
const KEPT_SECONDS = 400 * 24 * 3600

/**
 * By what a device is known again. A browser keeps the secret in a cookie that no page can read; a mini program has no cookies
 * and keeps it in its storage.
 */
export const createDeviceSecrets = (secureCookies: boolean) => {
  const name = hostCookie('jkb_device', secureCookies)
  const options = { httpOnly: true, sameSite: 'strict' as const, secure: secureCookies, path: '/' }
  const read = (given: string | undefined): string =>
    given && /^[\w-]{43}$/.test(given) ? given : randomBytes(32).toString('base64url')
  return {
    /** The device's secret; a new one where it brings none. */
    of: ({ device }: SessionRequest, request: FastifyRequest): string =>
      read(device ? device.secret : request.cookies[name]),
    /** Gives it to the device to keep. */
    give: ({ device }: SessionRequest, secret: string, session: Session, reply: FastifyReply): Session => {
      if (device) return { ...session, deviceSecret: secret }
      reply.setCookie(name, secret, { ...options, maxAge: KEPT_SECONDS })
      return session
    },
  }
}
