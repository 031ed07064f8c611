import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance } from 'fastify'
import { createMessageBox } from './message-box.ts'
import { moduleRoutes } from './module.ts'
import { becomeDemoDevice } from './pages/demo-device.ts'
import { pageRoutes } from './pages/page-routes.ts'
import { type PartnerOptions, partnerRoutes } from './partners.ts'
import { answerProblems } from './problem.ts'
import { createCloudProviders } from './providers/clouds.ts'
import { createExchangeProvider } from './providers/exchange.ts'
import { createFaceProvider } from './providers/face.ts'
import { createIdentityProvider } from './providers/identity.ts'
import { createProvincialProvider } from './providers/provincial.ts'
import { createRiskAreaProvider } from './providers/risk-areas.ts'
import { createSmsProvider } from './providers/sms.ts'
import { createTravelCardProvider } from './providers/travel-card.ts'
import { steeringRoutes } from './steering-routes.ts'

export interface SandboxOptions {
  /** Bearer tokens; `sandbox-sms`, `sandbox-identity` … unless given. */
  tokens?: { sms?: string; identity?: string; face?: string; travelCard?: string; riskAreas?: string }
  /** Who may ask the province; `sandbox-city` with `sandbox-provincial` unless given. */
  provincial?: { appId?: string; secret?: string }
  /** Who may ask the telephone exchange; `sandbox-hotline` with `sandbox-exchange` unless given. */
  exchange?: { appId?: string; secret?: string }
  /** Key and secret at the clouds. */
  aliyun?: [string, string]
  tencent?: [string, string]
  /** The server that the stand-ins for laboratory and province push to. */
  partners?: PartnerOptions
  /** Messages held, 50,000 unless given; the oldest are forgotten. */
  messageCapacity?: number
  /** What the travel card calls the city; 示例市 unless given. */
  cityName?: string
  now?: () => Date
}

/**
 * The stand-ins for outside providers as one Fastify app that is not listening yet: call `listen({ port: 0 })` or
 * `inject`. All state is in memory and ends with it. `close()` ends steered waits at once.
 */
export function buildSandbox(options: SandboxOptions = {}): FastifyInstance {
  const partners = options.partners ?? { serverUrl: 'http://127.0.0.1:8080', demoFile: 'demo.json' }
  const { tokens = {}, messageCapacity = 50_000, cityName = '示例市', now = () => new Date() } = options
  const stop = new AbortController()
  const stopping = stop.signal
  const box = createMessageBox(messageCapacity)
  const providers = [
    createSmsProvider({ token: tokens.sms ?? 'sandbox-sms', box, now, stopping }),
    createIdentityProvider({ token: tokens.identity ?? 'sandbox-identity', stopping }),
    createFaceProvider({ token: tokens.face ?? 'sandbox-face', stopping }),
    createProvincialProvider({
      appId: options.provincial?.appId ?? 'sandbox-city',
      secret: options.provincial?.secret ?? 'sandbox-provincial',
      stopping,
    }),
    createTravelCardProvider({ token: tokens.travelCard ?? 'sandbox-travel-card', cityName, stopping }),
    createRiskAreaProvider({ token: tokens.riskAreas ?? 'sandbox-risk-areas', stopping }),
    createExchangeProvider({
      appId: options.exchange?.appId ?? 'sandbox-hotline',
      secret: options.exchange?.secret ?? 'sandbox-exchange',
      stopping,
    }),
    ...createCloudProviders(
      {
        aliyun: options.aliyun ?? ['sandbox-aliyun', 'sandbox-aliyun-secret'],
        tencent: options.tencent ?? ['sandbox-tencent', 'sandbox-tencent-secret'],
      },
      { box, now, stopping },
    ),
  ]

  const app = Fastify({
    bodyLimit: 256 * 1024,
    genReqId: () => randomUUID(),
    // `verbose` lets a refusal quote the schema's own description; nothing is coerced, dropped or filled in.
    ajv: { customOptions: { allErrors: true, coerceTypes: false, removeAdditional: false, verbose: true } },
  })
  app.addHook('preClose', async () => stop.abort())
  // Fastify marks only requests that begin after close; one under way would keep its connection, and with it the
  // process, for the 72 s of keep-alive.
  app.addHook('onSend', async (_request, reply) => {
    if (stopping.aborted) reply.header('connection', 'close')
  })
  answerProblems(app)
  becomeDemoDevice(app, partners.demoFile)
  // A picture is bounded in the face provider; the body as a whole here, because multipart bypasses `bodyLimit`.
  app.register(multipart, { throwFileSizeLimit: false, limits: { fieldSize: 4096, headerPairs: 50 } })
  app.register(async (scope) => {
    for (const provider of providers) provider.routes(scope)
  })
  app.register(async (scope) => steeringRoutes(scope, providers))
  app.register(async (scope) => partnerRoutes(scope, partners))
  app.register(async (scope) => moduleRoutes(scope, { serverUrl: partners.serverUrl, now }))
  app.register(async (scope) => pageRoutes(scope, providers))
  app.get('/healthz', async () => ({ status: 'ok' }))
  return app
}
