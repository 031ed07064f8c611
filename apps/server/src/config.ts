import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { CITIES, findCityProfile } from '@jiankangbao/city/cities'
import type { CityProfile } from '@jiankangbao/city/city-profile'
import { isLinkOrigin } from '@jiankangbao/domain/service/service'
import type { FloodLimits } from '@jiankangbao/domain/status/flood'
import type { MetricsAddress } from './metrics/metrics-address.ts'
import { type ProviderSettings, readProviders } from './outside/provider-settings.ts'
import { besideProgram } from './release/beside.ts'

/** Everything the process takes from outside. This file is the only reader of the environment. */
export interface Config {
  host: string
  port: number
  /** Where Prometheus reads; never the public port. */
  metrics: MetricsAddress & { isChosen: boolean }
  /** As the role `jkb_app`. */
  databaseUrl: string
  /** A standby for heavy reading, as the same role; and how many seconds it may be behind. */
  databaseReadUrl: string | undefined
  databaseReadMaxAgeSeconds: number
  /** As the role `jkb_migrator`; only the commands that change the schema use it. */
  migratorUrl: string | undefined
  /** What the disk of the database holds, where somebody said so. */
  databaseDiskBytes: number | undefined
  databaseConnections: number
  /** Processes that answer requests; they share `databaseConnections`. */
  workers: number
  /** Of each of the three queues: scans, codes, checks. */
  batch: { maxBatch: number; maxInFlight: number; gapMs: number; maxQueue: number; maxWaitMs: number }
  /** Scheme and host that codes and links carry, without a slash at the end. */
  publicOrigin: string
  dataDirectory: string
  /** Where the built web apps are. */
  citizenDirectory: string
  consoleDirectory: string
  /** Text files with which WeChat and Alipay see that a domain is the city's. */
  proofDirectory: string | undefined
  migrationsDirectory: string
  /** Cookies are `Secure` unless the public origin is plain HTTP. */
  secureCookies: boolean
  /** Number of trusted proxies before the server: decides whose address limits count. */
  trustedProxies: number
  logLevel: string
  demo: boolean
  /** Settings that were given, not left to their default. */
  given: ReadonlySet<string>
  /** Where the stand-ins for outside providers answer. */
  sandboxUrl: string
  /** What comes with the program about the city that `CITY` names: its rules and its demonstration. */
  cityProfile: CityProfile
  city: { nameZh: string; nameEn: string; divisionCode: string; hotline: string }
  consentVersion: string
  providers: ProviderSettings
  upstream: UpstreamSettings
  approval: ApprovalSettings
  /** Persons whom one partner's pushes may turn red or yellow before headquarters is asked. */
  floods: FloodLimits
  limits: Limits
  /** Texts an hour to a country (ISO 3166-1 alpha-2), where not `limits.smsPerCountryPerHour`. */
  smsBudgets: ReadonlyMap<string, number>
  retentionDays: {
    visits: number
    checks: number
    audit: number
    appeals: number
    declarations: number
    entries: number
    samples: number
    cases: number
  }
  /** Most text messages about changed colours that a job process sends in a minute; 0 sends none. */
  colourTextsPerMinute: number
  /** Text messages about announcements: how many a job process sends in a minute, and the provider takes in a day; 0 sends none. */
  announcementTexts: { perMinute: number; perDay: number }
  /** Where services of the app may lead to: schemes with hosts, nothing else. */
  serviceOrigins: readonly string[]
  /** Most seconds of lost data after which a promoted standby is served without anybody's word. */
  failoverLossSeconds: number
  /** Seconds between two seals of the audit log. */
  auditSealSeconds: number
}

/** How often outside data is fetched. */
export interface UpstreamSettings {
  /** Most provincial codes asked for by the jobs in a minute; 0 stops asking. */
  provincialPullsPerMinute: number
  /** Age at which a provincial code is asked for again; below the ruleset's age at which it counts as unknown. */
  provincialRefreshHours: number
  /** Minutes between two looks at the list of risk areas; 0 stops looking. */
  riskAreaMinutes: number
}

/** From when on a proposal is unusual: it raises an alarm and only headquarters may approve it. */
export interface ApprovalSettings {
  /** Persons of one list whose colour would get worse, or better. */
  manyPersons: number
  /** Persons whom the same operator proposes in 24 hours, one by one and by lists. */
  manyADay: number
  /** The same of all operators of one division. */
  manyADayOfDivision: number
  /** Persons, and at least half of all concerned, who were at one venue in the last 14 days. */
  sharedVenue: number
  /** Persons, and at least half of those who name one, who have one workplace. */
  sharedWorkplace: number
  /** Hours in which a proposal has to be decided. */
  expiryHours: number
}

/** Limits on what can be guessed or spammed; counts per window. */
export interface Limits {
  smsPerPhonePerDay: number
  smsPerAddressPerHour: number
  smsGlobalPerMinute: number
  /** To one country where `SMS_BUDGETS` names no other number. The mainland has `smsGlobalPerMinute` alone. */
  smsPerCountryPerHour: number
  smsResendSeconds: number
  smsTries: number
  operatorSignInPerUserPerQuarterHour: number
  operatorSignInPerAddressPerQuarterHour: number
  documentChecksPerCallerPerMinute: number
  numericChecksPerCallerPerMinute: number
  /** Numbers that named nobody, at one point and by all phones that one operator enrolled. */
  wrongNumericCodesPerPointPerMinute: number
  wrongNumericCodesPerMakerPerMinute: number
  unknownDocumentsPerPointPerMinute: number
  unknownDocumentsPerMakerPerMinute: number
  /** From here on somebody is told; nothing is refused in the whole city. */
  wrongCodesOfCityPerMinuteAlarm: number
  personSearchesPerOperatorPerHour: number
  /** Files opened by their number, which can be counted through. */
  personFilesPerOperatorPerHour: number
  auditExportsPerOperatorPerHour: number
  registrationTriesPerAccountPerHour: number
  requestsPerAddressPerMinute: number
  provincialRefreshesPerAccountPerHour: number
  travelCardsPerAccountPerHour: number
}

const defaultLimits: Limits = {
  smsPerPhonePerDay: 10,
  // Carriers put thousands of phones behind one address.
  smsPerAddressPerHour: 600,
  smsGlobalPerMinute: 6000,
  smsPerCountryPerHour: 20,
  smsResendSeconds: 60,
  smsTries: 5,
  operatorSignInPerUserPerQuarterHour: 10,
  operatorSignInPerAddressPerQuarterHour: 60,
  documentChecksPerCallerPerMinute: 20,
  numericChecksPerCallerPerMinute: 60,
  wrongNumericCodesPerPointPerMinute: 30,
  wrongNumericCodesPerMakerPerMinute: 60,
  // Visitors from elsewhere are not registered here: a station meets many.
  unknownDocumentsPerPointPerMinute: 60,
  unknownDocumentsPerMakerPerMinute: 120,
  wrongCodesOfCityPerMinuteAlarm: 600,
  personSearchesPerOperatorPerHour: 120,
  personFilesPerOperatorPerHour: 300,
  auditExportsPerOperatorPerHour: 20,
  registrationTriesPerAccountPerHour: 10,
  requestsPerAddressPerMinute: 6000,
  provincialRefreshesPerAccountPerHour: 10,
  travelCardsPerAccountPerHour: 20,
}

type Environment = Record<string, string | undefined>

const required = (env: Environment, name: string): string => {
  const value = env[name]
  if (!value)
    throw new Error(
      `没有设置 ${name}：各项设置见 docs/operations.md。 ${name} is not set: docs/operations.md says what every setting is for.`,
    )
  return value
}

const integer = (env: Environment, name: string, fallback: number): number => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`${name} 应为整数，现为 "${text}"。 ${name} must be a whole number, got "${text}".`)
  return value
}

const truth = (env: Environment, name: string, fallback: boolean): boolean => {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  // "False" or "0" must not quietly mean the opposite.
  if (text !== 'true' && text !== 'false')
    throw new Error(`${name} must be "true" or "false", got "${text}".`)
  return text === 'true'
}

const profileFrom = (env: Environment): CityProfile => {
  const profile = findCityProfile(env.CITY)
  if (!profile) throw new Error(`CITY must be one of ${Object.keys(CITIES).join(', ')}, got "${env.CITY}".`)
  return profile
}

const limitsFrom = (env: Environment): Limits => {
  const limits = { ...defaultLimits }
  for (const name of Object.keys(defaultLimits) as (keyof Limits)[]) {
    const variable = `LIMIT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
    limits[name] = integer(env, variable, defaultLimits[name])
  }
  return limits
}

const budgetsFrom = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text.split(',').map((entry) => {
      const [, country, budget] = /^\s*([A-Z]{2})=(\d{1,6})\s*$/.exec(entry) ?? []
      if (!country || !budget)
        throw new Error(`SMS_BUDGETS must be a list like "HK=300,US=20", got "${text}".`)
      return [country, Number(budget)] as const
    }),
  )

/** The sandbox has a module to try; a real city names its own. */
const originsFrom = (env: Environment, sandbox: string): string[] => {
  const text = env.SERVICE_ORIGINS ?? (truth(env, 'DEMO', true) ? sandbox : '')
  const origins = text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  const wrong = origins.find((each) => !isLinkOrigin(each))
  if (wrong !== undefined)
    throw new Error(`SERVICE_ORIGINS must be a list like "https://www.example.org", got "${wrong}".`)
  return origins
}

const metricsFrom = (env: Environment, port: number): Config['metrics'] => {
  const metrics = {
    host: env.METRICS_HOST || '127.0.0.1',
    port: integer(env, 'METRICS_PORT', port && port + 1),
    isChosen: Boolean(env.METRICS_PORT),
  }
  if (metrics.port > 65_535) throw new Error(`METRICS_PORT must be a port, not ${metrics.port}.`)
  if (port > 0 && metrics.port === port)
    throw new Error(`METRICS_PORT must be another port than PORT (${port}): figures are not for the public.`)
  return metrics
}

/** One per core was the best of one to three on two cores with the database beside it (bench/README.md). */
const MOST_WORKERS = 8

/** A number of processes. @throws with the name of the setting */
export const readWorkers = (name: string, text: string): number => {
  const workers = Number(text)
  if (!Number.isInteger(workers) || workers < 1 || workers > 64)
    throw new Error(`${name} must be a number from 1 to 64, got "${text}".`)
  return workers
}

/** Reads the environment; throws with the name of the setting that is missing or wrong. */
export const readConfig = (env: Environment): Config => {
  const port = integer(env, 'PORT', 8080)
  const publicOrigin = (env.PUBLIC_ORIGIN ?? `http://localhost:${port}`).replace(/\/+$/, '')
  const cityProfile = profileFrom(env)
  const sandbox = `http://127.0.0.1:${integer(env, 'SANDBOX_PORT', 8090)}`
  return {
    host: env.HOST ?? '127.0.0.1',
    port,
    metrics: metricsFrom(env, port),
    databaseUrl: required(env, 'DATABASE_URL'),
    databaseReadUrl: env.DATABASE_READ_URL || undefined,
    databaseReadMaxAgeSeconds: integer(env, 'DATABASE_READ_MAX_AGE_SECONDS', 30),
    migratorUrl: env.MIGRATOR_DATABASE_URL || undefined,
    databaseDiskBytes: env.DATABASE_DISK_GB ? integer(env, 'DATABASE_DISK_GB', 0) * 1024 ** 3 : undefined,
    databaseConnections: integer(env, 'DATABASE_CONNECTIONS', 12),
    workers: readWorkers('WORKERS', env.WORKERS || String(Math.min(MOST_WORKERS, availableParallelism()))),
    batch: {
      maxBatch: integer(env, 'BATCH_SIZE', 512),
      maxInFlight: integer(env, 'BATCHES_IN_FLIGHT', 2),
      gapMs: integer(env, 'BATCH_GAP_MS', 3),
      maxQueue: integer(env, 'QUEUE_LENGTH', 8192),
      maxWaitMs: integer(env, 'QUEUE_WAIT_MS', 2000),
    },
    publicOrigin,
    dataDirectory: resolve(env.DATA_DIRECTORY ?? './data'),
    citizenDirectory: resolve(env.CITIZEN_DIRECTORY ?? besideProgram('apps/citizen/dist/h5')),
    consoleDirectory: resolve(env.CONSOLE_DIRECTORY ?? besideProgram('apps/console/dist')),
    proofDirectory: env.PROOF_DIRECTORY ? resolve(env.PROOF_DIRECTORY) : undefined,
    migrationsDirectory: resolve(env.MIGRATIONS_DIRECTORY ?? besideProgram('db/migrations')),
    secureCookies: publicOrigin.startsWith('https://'),
    trustedProxies: integer(env, 'TRUSTED_PROXIES', 0),
    logLevel: env.LOG_LEVEL ?? 'info',
    demo: truth(env, 'DEMO', true),
    given: new Set(Object.keys(env).filter((name) => env[name])),
    sandboxUrl: sandbox,
    cityProfile,
    city: {
      nameZh: env.CITY_NAME_ZH ?? cityProfile.name.zh,
      nameEn: env.CITY_NAME_EN ?? cityProfile.name.en,
      divisionCode: env.CITY_DIVISION ?? cityProfile.division,
      hotline: env.CITY_HOTLINE ?? cityProfile.hotline,
    },
    consentVersion: env.CONSENT_VERSION ?? '2022-03',
    providers: readProviders(env, sandbox, integer(env, 'PROVIDER_TIMEOUT_MS', 5000)),
    upstream: {
      provincialPullsPerMinute: integer(env, 'PROVINCIAL_PULLS_PER_MINUTE', 600),
      provincialRefreshHours: Math.max(1, integer(env, 'PROVINCIAL_REFRESH_HOURS', 12)),
      riskAreaMinutes: integer(env, 'RISK_AREA_MINUTES', 10),
    },
    approval: {
      manyPersons: integer(env, 'APPROVAL_MANY_PERSONS', 100),
      manyADay: integer(env, 'APPROVAL_MANY_A_DAY', 50),
      manyADayOfDivision: integer(env, 'APPROVAL_MANY_A_DAY_OF_DIVISION', 100),
      sharedVenue: integer(env, 'APPROVAL_SHARED_VENUE', 10),
      sharedWorkplace: integer(env, 'APPROVAL_SHARED_WORKPLACE', 10),
      expiryHours: Math.max(1, integer(env, 'PROPOSAL_EXPIRY_HOURS', 72)),
    },
    floods: {
      batch: integer(env, 'PARTNER_WORSE_PER_BATCH', 50),
      hour: integer(env, 'PARTNER_WORSE_PER_HOUR', 100),
      day: integer(env, 'PARTNER_WORSE_PER_DAY', 300),
    },
    limits: limitsFrom(env),
    smsBudgets: budgetsFrom(env.SMS_BUDGETS || 'HK=300,MO=100,TW=300'),
    colourTextsPerMinute: integer(env, 'COLOUR_TEXTS_PER_MINUTE', 3000),
    announcementTexts: {
      perMinute: integer(env, 'ANNOUNCEMENT_TEXTS_PER_MINUTE', 3000),
      perDay: integer(env, 'ANNOUNCEMENT_TEXTS_PER_DAY', 4_000_000),
    },
    serviceOrigins: originsFrom(env, sandbox),
    failoverLossSeconds: integer(env, 'FAILOVER_LOSS_SECONDS', 60),
    auditSealSeconds: integer(env, 'AUDIT_SEAL_SECONDS', 60),
    retentionDays: {
      visits: integer(env, 'RETENTION_VISITS_DAYS', 28),
      checks: integer(env, 'RETENTION_CHECKS_DAYS', 28),
      audit: integer(env, 'RETENTION_AUDIT_DAYS', 1096),
      appeals: integer(env, 'RETENTION_APPEALS_DAYS', 180),
      declarations: integer(env, 'RETENTION_DECLARATIONS_DAYS', 60),
      entries: integer(env, 'RETENTION_ENTRIES_DAYS', 60),
      samples: integer(env, 'RETENTION_SAMPLES_DAYS', 60),
      cases: integer(env, 'RETENTION_CASES_DAYS', 180),
    },
  }
}
