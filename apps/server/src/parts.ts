import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { Listener } from './db/listener.ts'
import type { Pool } from './db/pool.ts'
import type { Reading } from './db/reading.ts'
import type { EpochGuard } from './epoch/guard.ts'
import type { UpstreamMeters } from './features/inflow/upstream/provider-meters.ts'
import type { Sightings } from './features/measures/monitoring/sightings.ts'
import type { OnNumberMoved } from './features/people/account/number-moved.ts'
import type { OnLinkEnded } from './features/people/member/link-ended.ts'
import type { OnKnownPerson } from './features/people/person/known-person.ts'
import type { CodeHolding } from './features/people/take-over/code-held.ts'
import type { Admission } from './http/admission.ts'
import type { Tokens } from './http/tokens.ts'
import type { JobLedger } from './jobs/job-ledger.ts'
import type { FieldEncryption } from './keys/field-encryption.ts'
import type { HiddenIds } from './keys/hidden-ids.ts'
import type { KeyProvider } from './keys/key-provider.ts'
import type { KeyWatch } from './keys/key-watch.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Ports } from './outside/ports.ts'
import type { PictureRedrawing } from './pictures/redrawing.ts'

/** What features are built from. Passed in, never imported: a test gives its own clock, keys and database. */
export interface Parts {
  config: Config
  pool: Pool
  /** Of scans, codes and checks alone: whatever else is slow, these have their connections. */
  hotPool: Pool
  /** Heavy reading: on a standby, where one is set and keeps up. */
  reading: Reading
  listener: Listener
  /** Which history the database is, and whether it may be served. */
  epochs: EpochGuard
  keys: KeyProvider
  /** Holds this process to what the database says of the keys. */
  keyWatch: KeyWatch
  encryption: FieldEncryption
  /** How clients see the keys of what is about people. */
  hiddenIds: HiddenIds
  tokens: Tokens
  /** Keyed check of venue codes: HMAC-SHA-256. */
  venueCodeMac: (bytes: Uint8Array) => Uint8Array
  metrics: Metrics
  admission: Admission
  ports: Ports
  pictures: PictureRedrawing
  /** What follows when a person becomes known here. */
  onKnownPerson: OnKnownPerson
  /** What follows when nobody may show a person's code by a link any more. */
  onLinkEnded: OnLinkEnded
  /** What follows when a number goes from one account to another. */
  onNumberMoved: OnNumberMoved
  /** What follows when an old phone objects to the move of an identity. */
  codeHolding: CodeHolding
  /** Where jobs say how they did. */
  jobs: JobLedger
  /** Counts the calls to providers. */
  providerMeters: UpstreamMeters
  /** Told whom the doors saw red or yellow. */
  sightings: Sightings
  /** The instant of now. */
  clock: () => Date
  log: FastifyBaseLogger
}
