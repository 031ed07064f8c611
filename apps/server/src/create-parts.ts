import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { createListener } from './db/listener.ts'
import { createHotPool, createPool } from './db/pool.ts'
import { createReading } from './db/reading.ts'
import { createEpochGuard } from './epoch/guard.ts'
import { claimFindings } from './features/colours/facts/unclaimed-findings.service.ts'
import { codeHolding } from './features/doors/code/held-codes.ts'
import { endCodesOfLink } from './features/doors/code/link-codes.ts'
import { holdNewcomer } from './features/inflow/held-push/waiting-numbers.ts'
import { claimResults } from './features/inflow/laboratory/laboratory.service.ts'
import { schedulePull } from './features/inflow/provincial/provincial.queries.ts'
import { createUpstreamMeters } from './features/inflow/upstream/provider-meters.ts'
import { createUnreadableAlarm } from './features/ledger/incident/unreadable-fields.ts'
import { createSightings } from './features/measures/monitoring/sightings.ts'
import { moveTickets } from './features/office/ticket/ticket-change.queries.ts'
import type { OnKnownPerson } from './features/people/person/known-person.ts'
import { createAdmission } from './http/admission.ts'
import { createLogger } from './http/logging.ts'
import { createTokens } from './http/tokens.ts'
import { createJobLedger } from './jobs/job-ledger.ts'
import { createFieldEncryption } from './keys/field-encryption.ts'
import { createHiddenIds } from './keys/hidden-ids.ts'
import type { KeyProvider } from './keys/key-provider.ts'
import { watchKeys } from './keys/key-watch.ts'
import { createMetrics } from './metrics/metrics.ts'
import { createProviderPolicies } from './outside/policies.ts'
import type { Ports } from './outside/ports.ts'
import { createHttpPorts } from './outside/ports.ts'
import type { Parts } from './parts.ts'
import { createPictureRedrawing } from './pictures/redrawing.ts'
import type { ProcessLink } from './processes/process-link.ts'

export interface AppOptions {
  config: Config
  keys: KeyProvider
  /** The outside world; real HTTP adapters by default. */
  ports?: Ports
  clock?: () => Date
  log?: FastifyInstance['log']
  /** The built thread that draws pictures anew; beside the built server by default. */
  pictureWorker?: URL | undefined
  /** The other processes of this server, where there are any. */
  link?: ProcessLink
}

/** Of each process, to the standby. */
const READING_CONNECTIONS = 4

const onKnownPerson: OnKnownPerson = async (tx, { personId, documentIndexes }, now) => {
  await claimResults(tx, personId, documentIndexes, now)
  await claimFindings(tx, personId, documentIndexes)
  await holdNewcomer(tx, personId, documentIndexes, now)
  await schedulePull(tx, personId, now)
}

/** Everything that features are built from; the explicit list. */
export const createParts = (options: AppOptions): Parts => {
  const { config, keys, clock = () => new Date() } = options
  const log = options.log ?? createLogger(config.logLevel)
  const metrics = createMetrics()
  const epochs = createEpochGuard(keys.databaseMemory(), config.failoverLossSeconds, log)
  const { verify } = epochs
  const pool = createPool(config.databaseUrl, config.databaseConnections, 'jkb-serve', { verify })
  const providerMeters = createUpstreamMeters(metrics.registry, clock, config.providers)
  return {
    config,
    pool,
    reading: createReading({
      pool,
      url: config.databaseReadUrl,
      connections: READING_CONNECTIONS,
      maxAgeSeconds: config.databaseReadMaxAgeSeconds,
      registry: metrics.registry,
      log,
    }),
    hotPool: createHotPool(config.databaseUrl, 3 * config.batch.maxInFlight, verify),
    listener: createListener(config.databaseUrl, (message) => log.warn(message)),
    epochs,
    keys,
    keyWatch: watchKeys({ pool, keys, log }),
    encryption: createFieldEncryption(keys, createUnreadableAlarm({ pool, clock, config, log })),
    hiddenIds: createHiddenIds(keys),
    tokens: createTokens(keys, epochs.state),
    venueCodeMac: (bytes) => createHmac('sha256', keys.venueCodeKey()).update(bytes).digest(),
    metrics,
    admission: createAdmission(metrics.registry),
    ports:
      options.ports ??
      createHttpPorts(
        config.providers,
        createProviderPolicies(providerMeters.watcher, providerMeters.spending),
        clock,
      ),
    pictures: createPictureRedrawing({ workerUrl: options.pictureWorker }),
    providerMeters,
    onKnownPerson,
    onLinkEnded: endCodesOfLink,
    onNumberMoved: moveTickets,
    codeHolding,
    sightings: createSightings({ pool, clock, log }),
    jobs: createJobLedger(pool, log),
    clock,
    log,
  }
}
