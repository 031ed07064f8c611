import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import type { FastifyBaseLogger } from 'fastify'
import { type App, buildApp } from '../src/app.ts'
import { type Limits, readConfig } from '../src/config.ts'
import { inTransaction } from '../src/db/pool.ts'
import { seedReference } from '../src/features/colours/rules/ruleset.service.ts'
import { createMemoryKeyProvider, type KeyProvider } from '../src/keys/key-provider.ts'
import type { ExchangeReading } from '../src/outside/exchange.ts'
import type { Ports } from '../src/outside/ports.ts'
import { ProviderUnavailable } from '../src/outside/provider-unavailable.ts'
import type { ProvincialAnswer, ProvincialPerson } from '../src/outside/provincial.ts'
import type { RiskAreaAnswer } from '../src/outside/risk-areas.ts'
import type { TravelCard } from '../src/outside/travel-card.ts'
import { withPlainKeys } from './plain-keys.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/** The outside world of a test: what it was asked, and what it answers. */
export interface Outside {
  messages: { messageId: string; phone: string; text: string }[]
  /** Asked in vain while true. */
  smsAway: boolean
  identity: 'match' | 'mismatch' | 'unknown' | 'away'
  identityQuestions: { name: string; documentType: string; documentNumber: string }[]
  /** Document number to the birth date that the authority knows: another one that is stated is a mismatch. */
  birthOf: Record<string, string>
  face: FaceVerdict | 'away'
  /** Document number to whose face is seen: wins over `face`. */
  faceOf: Record<string, FaceVerdict>
  faceQuestions: { name: string; documentType: string; documentNumber: string }[]
  provincial: ProvincialAnswer | 'away'
  provincialQuestions: ProvincialPerson[]
  travelCard: TravelCard | 'away'
  riskAreas: RiskAreaAnswer | 'away'
  exchange: ExchangeReading | 'away'
  /** Addresses of services that do not answer. */
  servicesAway: Set<string>
}

export interface TestApp extends App {
  /** What clients meet: `http` takes and gives the keys of rows where these see hidden ids. */
  outer: App['http']
  database: TestDatabase
  outside: Outside
  /** Stops the clock at an instant; `undefined` lets it be the real one again, as it is before the first call. */
  setNow(now: Date | undefined): void
}

const createOutside = (): Outside => ({
  messages: [],
  smsAway: false,
  identity: 'match',
  identityQuestions: [],
  birthOf: {},
  face: 'pass',
  faceOf: {},
  faceQuestions: [],
  provincial: { outcome: 'not_found' },
  provincialQuestions: [],
  travelCard: 'away',
  riskAreas: { changed: false },
  exchange: 'away',
  servicesAway: new Set(),
})

const away = (provider: string) => new ProviderUnavailable(provider, new Error('away'))

const createFakePorts = (outside: Outside): Ports => ({
  sms: {
    send: async (message) => {
      if (outside.smsAway) throw away('sms')
      outside.messages.push(message)
    },
  },
  identity: {
    verify: async ({ name, documentType, documentNumber, birthOn }) => {
      outside.identityQuestions.push({ name, documentType, documentNumber })
      if (outside.identity === 'away') throw away('identity')
      if (birthOn !== undefined && (outside.birthOf[documentNumber] ?? birthOn) !== birthOn) return 'mismatch'
      return outside.identity
    },
  },
  face: {
    verify: async ({ name, documentType, documentNumber }) => {
      outside.faceQuestions.push({ name, documentType, documentNumber })
      const verdict = outside.faceOf[documentNumber] ?? outside.face
      if (verdict === 'away') throw away('face')
      return verdict
    },
  },
  provincial: {
    query: async (person) => {
      outside.provincialQuestions.push(person)
      if (outside.provincial === 'away') throw away('provincial')
      return outside.provincial
    },
    updateIdentity: async () => {
      if (outside.provincial === 'away') throw away('provincial')
    },
  },
  travelCard: {
    query: async () => {
      if (outside.travelCard === 'away') throw away('travel_card')
      return outside.travelCard
    },
  },
  riskAreas: {
    fetch: async () => {
      if (outside.riskAreas === 'away') throw away('risk_areas')
      return outside.riskAreas
    },
  },
  serviceCheck: { works: async (url) => !outside.servicesAway.has(url) },
  exchange: {
    read: async () => {
      if (outside.exchange === 'away') throw away('exchange')
      return outside.exchange
    },
  },
})

/**
 * The whole server on a database of its own with the default rules, as the role `jkb_app`, with keys of this process. Requests go in through
 * `http.inject`, which takes and gives the keys of rows. Call `close` in `afterAll`.
 */
export const startTestApp = async (
  options: {
    now?: Date
    ports?: Partial<Ports>
    limits?: Partial<Limits>
    environment?: Record<string, string>
    /** Keys of this process only by default. */
    keys?: KeyProvider
    log?: FastifyBaseLogger
    /** A copy of the migrated template by default. */
    database?: TestDatabase
    /** Of `bundlePictureWorker`, where pictures are sent. */
    pictureWorker?: URL
  } = {},
): Promise<TestApp> => {
  const database = options.database ?? (await createTestDatabase())
  const nowhere = join(tmpdir(), 'jiankangbao-no-apps')
  const config = readConfig({
    DATABASE_URL: database.appUrl,
    MIGRATOR_DATABASE_URL: database.migratorUrl,
    PUBLIC_ORIGIN: 'https://jkb.example',
    LOG_LEVEL: 'silent',
    CITIZEN_DIRECTORY: nowhere,
    CONSOLE_DIRECTORY: nowhere,
    // A batch of a busy machine may wait longer than people would.
    QUEUE_WAIT_MS: '30000',
    ...options.environment,
  })
  let stopped = options.now
  const clock = () => new Date(stopped?.getTime() ?? Date.now())
  const outside = createOutside()
  const app = await buildApp({
    config: { ...config, limits: { ...config.limits, ...options.limits } },
    keys: options.keys ?? createMemoryKeyProvider(clock),
    ports: { ...createFakePorts(outside), ...options.ports },
    clock,
    pictureWorker: options.pictureWorker,
    ...(options.log && { log: options.log }),
  })
  await inTransaction(app.parts.pool, (tx) => seedReference(tx, config.cityProfile.ruleset))
  return {
    ...app,
    http: withPlainKeys(app.http, app.parts.hiddenIds),
    outer: app.http,
    database,
    outside,
    setNow: (now) => {
      stopped = now
    },
    close: async () => {
      await app.close()
      await database.drop()
    },
  }
}
