import type { Config } from '../config.ts'
import { bearerJson, callProvider, readVerdict } from './http-call.ts'
import { createProviderPolicies, type ProviderPolicies } from './policies.ts'
import type { Ports } from './ports.ts'
import { createProvincialPort } from './provincial.ts'
import { createRiskAreaPort } from './risk-areas.ts'
import { createTravelCardPort } from './travel-card.ts'

/**
 * The outside world over HTTP: `POST /sms/messages`, `POST /identity/verifications`, `POST /face/verifications`, each
 * with a bearer token; the others say theirs in their own files. The sandbox speaks the same. `unavailable` as a verdict is no verdict: ProviderUnavailable.
 */
export const createHttpPorts = (
  { sms, identity, face, provincial, travelCard, riskAreas, timeoutMs }: Config['providers'],
  policies: ProviderPolicies = createProviderPolicies(),
  clock?: () => Date,
): Ports => ({
  sms: {
    send: async (message) => {
      await callProvider(policies, {
        provider: 'sms',
        address: sms,
        path: '/sms/messages',
        request: bearerJson(sms.token, message),
        timeoutMs,
        // The gateway keeps `messageId`.
        idempotent: true,
        read: () => undefined,
      })
    },
  },
  identity: {
    verify: (question) =>
      callProvider(policies, {
        provider: 'identity',
        address: identity,
        path: '/identity/verifications',
        request: bearerJson(identity.token, question),
        timeoutMs,
        idempotent: true,
        read: readVerdict(['match', 'mismatch', 'unknown'] as const),
      }),
  },
  face: {
    verify: ({ subject, image, mediaType }) =>
      callProvider(policies, {
        provider: 'face',
        address: face,
        path: '/face/verifications',
        request: () => {
          const content = new FormData()
          content.set('subject', subject)
          const name = mediaType === 'image/png' ? 'image.png' : 'image.jpg'
          content.set('image', new Blob([new Uint8Array(image)], { type: mediaType }), name)
          return { body: content, headers: { authorization: `Bearer ${face.token}` } }
        },
        timeoutMs,
        // A second picture is a second attempt for the provider: the person takes it anew.
        idempotent: false,
        read: readVerdict(['pass', 'fail', 'no_face'] as const),
      }),
  },
  provincial: createProvincialPort(policies, { ...provincial, timeoutMs }, clock),
  travelCard: createTravelCardPort(policies, { ...travelCard, timeoutMs }),
  riskAreas: createRiskAreaPort(policies, { ...riskAreas, timeoutMs }),
})
