import type { Config } from '../config.ts'
import { callProvider, readVerdict } from './http-call.ts'
import type { Ports } from './ports.ts'

/**
 * The outside world over HTTP: `POST /sms/messages`, `POST /identity/verifications`, `POST /face/verifications`, each
 * with a bearer token. The sandbox speaks the same. `unavailable` as a verdict is no verdict: ProviderUnavailable.
 */
export const createHttpPorts = ({ sms, identity, face, timeoutMs }: Config['providers']): Ports => ({
  sms: {
    send: async (message) => {
      await callProvider({
        provider: 'sms',
        address: sms,
        path: '/sms/messages',
        body: () => ({ content: JSON.stringify(message), type: 'application/json' }),
        timeoutMs,
        // The gateway keeps `messageId`.
        idempotent: true,
      })
    },
  },
  identity: {
    verify: async (question) => {
      const answer = await callProvider({
        provider: 'identity',
        address: identity,
        path: '/identity/verifications',
        body: () => ({ content: JSON.stringify(question), type: 'application/json' }),
        timeoutMs,
        idempotent: true,
      })
      return readVerdict('identity', answer, ['match', 'mismatch', 'unknown'] as const)
    },
  },
  face: {
    verify: async ({ subject, image, mediaType }) => {
      const answer = await callProvider({
        provider: 'face',
        address: face,
        path: '/face/verifications',
        body: () => {
          const content = new FormData()
          content.set('subject', subject)
          const name = mediaType === 'image/png' ? 'image.png' : 'image.jpg'
          content.set('image', new Blob([new Uint8Array(image)], { type: mediaType }), name)
          return { content }
        },
        timeoutMs,
        // A second picture is a second attempt for the provider: the person takes it anew.
        idempotent: false,
      })
      return readVerdict('face', answer, ['pass', 'fail', 'no_face'] as const)
    },
  },
})
