import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import type { Zone } from '@jiankangbao/contracts/zone/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { findAlarms, weighMoves } from '../../approval/proposal/alarms.service.ts'
import type { ProposalRow } from '../../approval/proposal/proposal.queries.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { endFindingsOfZone } from '../../colours/facts/findings.queries.ts'
import { markDirty } from '../../colours/status/status.service.ts'
import { previewLift } from './lift-effect.ts'
import * as queries from './zone.queries.ts'

// A zone stands as long as findings in it do. Lifting it ends all of them by one proposal; nothing else knows of zones.

/** What the payload of a lifting holds. Instants are ISO 8601. */
export interface LiftPayload {
  evidence: string
  source: string
  endedAt: string
}

const conflict = (reason: string): AppError => stateConflict('zoneId', reason)

const toZone = (row: queries.ZoneRow): Zone => ({
  zoneId: row.zone_id,
  name: row.name,
  divisionName: row.division_name,
  ...(row.area_ended_at ? { areaEndedAt: row.area_ended_at.toISOString() } : {}),
  persons: row.persons,
  unregistered: row.unregistered,
  since: row.since?.toISOString() ?? '',
  categories: row.categories ?? [],
  ...(row.proposal_id ? { proposalId: row.proposal_id } : {}),
})

/** Areas and control zones with the people in them, lifted by one proposal. */
export const createZoneService = ({
  pool,
  clock,
  config,
  proposals,
}: Pick<Parts, 'pool' | 'clock' | 'config'> & { proposals: ProposalService }) => {
  const payloadOf = (row: ProposalRow): LiftPayload => row.payload as unknown as LiftPayload
  const zoneIdOf = (row: ProposalRow): string => row.zone_id ?? ''

  proposals.defineKind('zone.lift', {
    facts: (row) => ({ endKind: 'ended', endedAt: payloadOf(row).endedAt }),
    foresee: async (db, row) => {
      const now = clock()
      const zone = await queries.findZone(db, now, zoneIdOf(row))
      if (!zone) return {}
      const effect = await previewLift(db, zone.zone_id, new Date(payloadOf(row).endedAt), now)
      return {
        zone: { zoneId: zone.zone_id, name: zone.name, divisionName: zone.division_name, ...effect },
      }
    },
    approve: async (tx, _caller, row) => {
      const zoneId = zoneIdOf(row)
      await queries.lockZone(tx, clock(), zoneId)
      const lifted = await endFindingsOfZone(tx, zoneId, new Date(payloadOf(row).endedAt), row.proposal_id)
      if (lifted.persons.length + lifted.waiting === 0) throw conflict('nothing_standing')
      const persons = [...new Set(lifted.persons)]
      await markDirty(tx, persons, 'finding.end')
      return {
        zoneId,
        persons: persons.length,
        findings: lifted.persons.length + lifted.waiting,
        waiting: lifted.waiting,
      }
    },
    reject: async () => undefined,
    withdraw: async () => undefined,
    // More may have come into the zone than were there when it was proposed.
    needsHqNow: async (_db, _row, { zone }) =>
      weighMoves(zone?.moves ?? []).better + (zone?.unregistered ?? 0) >= config.approval.manyPersons,
  })

  const proposeIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    zoneId: string,
    body: { requestId: string; endedAt: Date; evidence: string },
  ): Promise<string> => {
    const now = clock()
    const zone = await queries.lockZone(tx, now, zoneId)
    if (!zone || !divisionCovers(caller.divisionCode, zone.division_code)) throw new AppError('NOT_FOUND')
    const request = { requestId: body.requestId, kind: 'zone.lift', subject: { zoneId } } as const
    const made = await proposals.findMade(tx, caller, request)
    if (made) return made
    if (zone.proposal_id) throw conflict('open_proposal')
    const effect = await previewLift(tx, zoneId, body.endedAt, now)
    const persons = effect.persons + effect.unregistered
    if (persons === 0) throw conflict('nothing_standing')
    const better = weighMoves(effect.moves).better + effect.unregistered
    const alarms = await findAlarms(tx, config.approval, { caller, subjects: [], persons, better, now })
    const payload: LiftPayload = {
      evidence: body.evidence,
      source: zone.name,
      endedAt: body.endedAt.toISOString(),
    }
    return proposals.propose(tx, caller, {
      ...request,
      payload: { ...payload },
      needsHq: alarms.length > 0,
      alarms,
      persons,
    })
  }

  return {
    /** Those of the caller's division that anybody is in, latest first. */
    listZones: async (
      caller: OperatorCaller,
      query: { cursor?: string | undefined; limit?: number | undefined },
    ): Promise<{ zones: Zone[]; nextCursor?: string }> => {
      const limit = query.limit ?? 20
      const rows = await queries.listStandingZones(pool, clock(), {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        beforeId: readIdCursor(query.cursor),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        zones: page.map(toZone),
        ...(rows.length > limit && last ? { nextCursor: last.zone_id } : {}),
      }
    },

    /**
     * @throws AppError NOT_FOUND (not there, another division), VALIDATION_FAILED (endedAt), STATE_CONFLICT (nobody in it, or
     * an open proposal lifts it already), REQUEST_ID_REUSED
     */
    proposeZoneLift: async (
      caller: OperatorCaller,
      zoneId: string,
      body: { requestId: string; endedAt: string; evidence: string },
    ): Promise<Proposal> => {
      const endedAt = new Date(body.endedAt)
      if (Number.isNaN(endedAt.getTime())) throw fieldError('endedAt', 'format')
      if (endedAt > clock()) throw fieldError('endedAt', 'in_the_future')
      const proposalId = await inTransaction(pool, (tx) =>
        proposeIn(tx, caller, zoneId, { ...body, endedAt }),
      )
      return proposals.getProposal(caller, proposalId)
    },
  }
}

export type ZoneService = ReturnType<typeof createZoneService>

/** All zones that a list of the division may name. */
export const listZonesWithin = (db: Queryable, divisionCode: string): Promise<queries.ZoneName[]> =>
  queries.listZonesWithin(db, divisionPrefix(divisionCode))
