import type { Call } from '@jiankangbao/contracts/schemas'
import type {
  ServiceState,
  ServiceVersion,
  ServiceVersionSummary,
  ServiceVersions,
  WrittenService,
} from '@jiankangbao/contracts/service/schemas'
import { faultOfService, type Service } from '@jiankangbao/domain/service/service'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { isFailing, readCurrent, readRegister } from './offered.ts'
import type { ServiceReading } from './reading.service.ts'
import * as queries from './service.queries.ts'

// A version of the services:  draft → proposed → released;  back to draft where the proposal was refused, taken back or ran out;
// dropped where its writers gave it up. One is open at most.

const MOST_VERSIONS = 50

interface ReleasePayload {
  revision: number
  evidence: string
}

const payloadOf = (row: ProposalRow): ReleasePayload => row.payload as unknown as ReleasePayload
const versionOf = (row: ProposalRow): number => row.service_version ?? 0

const toSummary = (row: queries.VersionRow): ServiceVersionSummary => ({
  version: row.version,
  state: row.state,
  revision: row.revision,
  services: row.services.length,
  ...(row.change_note === null ? {} : { changeNote: row.change_note }),
  editedBy: row.edited_by_name,
  editedAt: row.edited_at.toISOString(),
  ...(row.released_by_name === null ? {} : { releasedBy: row.released_by_name }),
  ...(row.released_at ? { releasedAt: row.released_at.toISOString() } : {}),
  ...(row.state === 'proposed' && row.proposal_id ? { proposalId: row.proposal_id } : {}),
})

const toVersion = (row: queries.VersionRow): ServiceVersion => ({ ...toSummary(row), services: row.services })

const trimmed = ({ zh, en }: { zh: string; en: string }) => ({ zh: zh.trim(), en: en.trim() })

/** @throws AppError VALIDATION_FAILED with the place in the list */
const readWritten = (written: readonly WrittenService[], origins: readonly string[]): Service[] => {
  const keys = new Set<string>()
  return written.map((each, at) => {
    const service: Service = { ...each, title: trimmed(each.title), words: trimmed(each.words) }
    const fault = faultOfService(service, origins)
    if (fault) throw fieldError(`services.${at}.${fault.field}`, fault.reason)
    if (keys.has(service.key)) throw fieldError(`services.${at}.key`, 'duplicate')
    keys.add(service.key)
    return service
  })
}

/** @throws AppError VALIDATION_FAILED with the place in the list: only divisions of this city are somebody's here */
const requireDivisions = async (db: Queryable, services: readonly Service[]): Promise<void> => {
  for (const [at, { divisionCodes = [] }] of services.entries())
    for (const [place, code] of divisionCodes.entries())
      if (!(await findCityDivision(db, code)))
        throw fieldError(`services.${at}.divisionCodes.${place}`, 'unknown_division')
}

/** What a version changes, by the keys of services: what the second person sees. */
const compare = (before: readonly Service[], after: readonly Service[]) => {
  const known = new Map(before.map((each) => [each.key, JSON.stringify(each)]))
  const kept = new Set(after.map(({ key }) => key))
  return {
    added: after.filter(({ key }) => !known.has(key)).map(({ title }) => title.zh),
    removed: before.filter(({ key }) => !kept.has(key)).map(({ title }) => title.zh),
    changed: after
      .filter((each) => known.has(each.key) && known.get(each.key) !== JSON.stringify(each))
      .map(({ title }) => title.zh),
  }
}

/** The services as headquarters write them, one after the other, and release them, the one and another. */
export const createServiceWriting = (
  parts: Pick<Parts, 'pool' | 'clock' | 'config'> & {
    proposals: ProposalService
    reading: Pick<ServiceReading, 'readAgain'>
  },
) => {
  const { pool, clock, config, proposals, reading } = parts

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    objectId: string,
    more: { purpose?: string; details?: Record<string, unknown> } = {},
  ) => writeAudit(tx, { actor: caller, action, objectKind: 'service', objectId, ...more })

  const getServiceVersion = async (version: string | number): Promise<ServiceVersion> => {
    const row = await queries.findVersion(pool, clock(), version)
    if (!row) throw new AppError('NOT_FOUND')
    return toVersion(row)
  }

  const listServiceVersions = async (): Promise<ServiceVersions> => {
    const now = clock()
    const register = await readRegister(pool, config)
    const states = register.services.map((service): ServiceState => {
      const [stop, check] = [register.stops.get(service.key), register.checks.get(service.key)]
      return {
        key: service.key,
        ...(stop
          ? { stopped: { by: stop.stopped_by_name, at: stop.stopped_at.toISOString(), reason: stop.reason } }
          : {}),
        ...(check && service.check
          ? {
              check: {
                failing: isFailing(register, service),
                checkedAt: check.checked_at.toISOString(),
                ...(check.working_at ? { workingAt: check.working_at.toISOString() } : {}),
              },
            }
          : {}),
      }
    })
    return {
      versions: (await queries.listVersions(pool, now, MOST_VERSIONS)).map(toSummary),
      current: register.version,
      services: register.services,
      states,
      origins: [...config.serviceOrigins],
    }
  }

  const back = (tx: Transaction, row: ProposalRow): Promise<void> => queries.markDraft(tx, versionOf(row))

  proposals.defineKind('services.release', {
    openToNew: true,
    // Whoever wrote it is not the second person, whoever asked for the release.
    writersOf: async (db, row) => {
      const version = await queries.findVersion(db, clock(), versionOf(row))
      return version ? [version.edited_by] : []
    },
    foresee: async (db, row) => {
      const version = await queries.findVersion(db, clock(), versionOf(row))
      if (!version) return {}
      const { services } = await readCurrent(db, config)
      return { services: { version: version.version, ...compare(services, version.services) } }
    },
    approve: async (tx, caller, row) => {
      await queries.holdServices(tx)
      const version = await queries.findVersion(tx, clock(), versionOf(row))
      if (version?.proposal_id !== row.proposal_id || version.revision !== payloadOf(row).revision)
        throw stateConflict('version', 'changed_meanwhile')
      // The list of origins may be shorter by now.
      readWritten(version.services, config.serviceOrigins)
      await queries.markReleased(tx, version.version, caller.operatorId, clock())
      reading.readAgain()
      return { version: version.version }
    },
    reject: back,
    withdraw: back,
  })

  const openOf = async (tx: Transaction) => {
    await queries.holdServices(tx)
    return queries.findOpen(tx, clock())
  }

  const saveIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    { revision, note }: Call<'saveServices'>['body'],
    services: readonly Service[],
  ): Promise<number> => {
    const open = await openOf(tx)
    if ((open?.revision ?? 0) !== revision) throw stateConflict('revision', 'changed_meanwhile')
    if (open?.state === 'proposed') throw stateConflict('state', 'proposed')
    const edit = { services, note: note?.trim() || null, by: caller.operatorId, at: clock() }
    const version = open?.version ?? (await queries.insertVersion(tx, edit))
    if (open) await queries.updateVersion(tx, version, edit)
    await audit(tx, caller, 'service.saved', String(version), { details: { services: services.length } })
    return version
  }

  const proposeIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    { requestId, revision, evidence }: Call<'proposeServiceRelease'>['body'],
  ): Promise<string> => {
    const open = await openOf(tx)
    if (!open) throw stateConflict('state', 'released')
    const request = {
      kind: 'services.release',
      subject: { serviceVersion: open.version },
      requestId,
    } as const
    const made = await proposals.findMade(tx, caller, request)
    if (made) return made
    if (open.state === 'proposed') throw stateConflict('state', 'proposed')
    if (open.revision !== revision) throw stateConflict('revision', 'changed_meanwhile')
    readWritten(open.services, config.serviceOrigins)
    const payload: ReleasePayload = { revision, evidence }
    const proposalId = await proposals.propose(tx, caller, {
      ...request,
      payload: { ...payload },
      needsHq: true,
      alarms: [],
      persons: 0,
    })
    await queries.markProposed(tx, open.version, proposalId)
    return proposalId
  }

  const requireKnown = async (key: string): Promise<void> => {
    const { services } = await readCurrent(pool, config)
    if (!services.some((each) => each.key === key)) throw new AppError('NOT_FOUND')
  }

  return {
    listServiceVersions,

    /** @throws AppError NOT_FOUND */
    getServiceVersion,

    /** @throws AppError VALIDATION_FAILED, STATE_CONFLICT (changed_meanwhile, proposed) */
    saveServices: async (
      caller: OperatorCaller,
      body: Call<'saveServices'>['body'],
    ): Promise<ServiceVersion> => {
      const services = readWritten(body.services, config.serviceOrigins)
      await requireDivisions(pool, services)
      return getServiceVersion(await inTransaction(pool, (tx) => saveIn(tx, caller, body, services)))
    },

    /** @throws AppError STATE_CONFLICT (nothing open, or it waits for the second person) */
    dropServiceDraft: async (caller: OperatorCaller): Promise<null> => {
      await inTransaction(pool, async (tx) => {
        const open = await openOf(tx)
        if (open?.state !== 'draft') throw stateConflict('state', open?.state ?? 'released')
        await queries.markDropped(tx, open.version)
        await audit(tx, caller, 'service.draft_dropped', String(open.version))
      })
      return null
    },

    /** @throws AppError STATE_CONFLICT (released, proposed, changed_meanwhile), VALIDATION_FAILED, REQUEST_ID_REUSED */
    proposeServiceRelease: async (
      caller: OperatorCaller,
      body: Call<'proposeServiceRelease'>['body'],
    ): Promise<{ proposalId: string }> => ({
      proposalId: await inTransaction(pool, (tx) => proposeIn(tx, caller, body)),
    }),

    /** At once and by one person: what leads astray does not wait for a second one. @throws AppError NOT_FOUND, STATE_CONFLICT */
    stopService: async (caller: OperatorCaller, key: string, reason: string): Promise<ServiceVersions> => {
      await requireKnown(key)
      await inTransaction(pool, async (tx) => {
        const stop = { key, reason: reason.trim(), by: caller.operatorId, at: clock() }
        if (!(await queries.insertStop(tx, stop))) throw stateConflict('key', 'stopped')
        await audit(tx, caller, 'service.stopped', key, { purpose: stop.reason })
      })
      reading.readAgain()
      return listServiceVersions()
    },

    /** By somebody else than who stopped it. @throws AppError NOT_FOUND, OWN_PROPOSAL, STATE_CONFLICT (it runs) */
    resumeService: async (caller: OperatorCaller, key: string, reason: string): Promise<ServiceVersions> => {
      await inTransaction(pool, async (tx) => {
        const stop = (await queries.listStops(tx)).find((each) => each.service_key === key)
        if (!stop) throw stateConflict('key', 'not_stopped')
        const matter = { about: `service:${key}`, writers: [stop.stopped_by], weighty: false, now: clock() }
        await decideAsSecond(tx, config, caller, matter)
        await queries.deleteStop(tx, key)
        await audit(tx, caller, 'service.resumed', key, { purpose: reason.trim() })
      })
      reading.readAgain()
      return listServiceVersions()
    },
  }
}
