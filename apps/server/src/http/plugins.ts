import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { ProcessLink } from '../processes/process-link.ts'
import { createAddressLimitStore } from './address-limit.ts'
import { toAddressGroup } from './client-address.ts'

// What the pages use: the camera for codes and faces, the position at doors that ask, a screen that stays on at the
// checkpoint. Everything else is refused, also to a script that should not be there.
export const PERMISSIONS_POLICY = [
  ...['camera', 'geolocation', 'screen-wake-lock', 'fullscreen', 'clipboard-write'].map(
    (name) => `${name}=(self)`,
  ),
  ...[
    'microphone',
    'payment',
    'usb',
    'serial',
    'hid',
    'bluetooth',
    'midi',
    'display-capture',
    'accelerometer',
  ].map((name) => `${name}=()`),
  ...['gyroscope', 'magnetometer', 'browsing-topics'].map((name) => `${name}=()`),
].join(', ')

/** What everything but the hot path needs. */
export const registerPlugins = async (
  http: FastifyInstance,
  config: Pick<Config, 'publicOrigin' | 'secureCookies' | 'limits'>,
  link?: ProcessLink,
): Promise<void> => {
  await http.register(cookie)
  await http.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // WebAssembly reads QR codes in the browser; styles are set by the component libraries at run time.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        // Browsers before 2022 do not count an origin's own sockets as `'self'`.
        connectSrc: ["'self'", config.publicOrigin.replace(/^http/, 'ws')],
        workerSrc: ["'self'", 'blob:'],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: config.secureCookies ? [] : null,
      },
    },
    strictTransportSecurity: config.secureCookies,
  })
  const { requestsPerAddressPerMinute: limit } = config.limits
  await http.register(rateLimit, {
    max: limit,
    timeWindow: 60_000,
    store: createAddressLimitStore({ limit, windowMs: 60_000, link }),
    keyGenerator: (request) => toAddressGroup(request.clientAddress),
    allowList: (request) => ['/healthz', '/readyz'].includes(request.url),
  })
  await http.register(multipart, { limits: { fileSize: 5 * 1024 * 1024, files: 1, fields: 6, parts: 8 } })
}
