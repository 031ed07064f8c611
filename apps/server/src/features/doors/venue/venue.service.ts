import { randomBytes, randomUUID } from 'node:crypto'
import type { Venue, VenueApplication, VenueFigures, VenueState } from '@jiankangbao/contracts/venue/schemas'
import { makeVenueCode } from '@jiankangbao/domain/codes/venue-code'
import { isVenueKindWithin, VENUE_KINDS, type VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { LIVING_VENUE_STATES } from '@jiankangbao/domain/vocabulary/doors'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { decideAsSecond } from '../../approval/second-person/second-person.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as points from './point.queries.ts'
import { tellShop } from './shop-news.ts'
import * as queries from './venue.queries.ts'
import {
  encryptLicence,
  fromPendingChange,
  readVenueFields,
  toPendingChange,
  type VenueFields,
} from './venue-fields.ts'
import { scopeOf, type VenueKeeper, writerOf } from './venue-keeper.ts'
import { createVenueView } from './venue-view.ts'

// A venue's life:  applied → active | rejected;  active ⇄ suspended;  active | suspended | applied → closed.
// A change of what the poster or the register says waits in `pending_change` and is reviewed like an application.
// Codes are issued on approval, one per point; rotating replaces the posted code in one action.

interface ListQuery {
  cursor?: string | undefined
  limit?: number | undefined
  state?: VenueState | undefined
  kind?: VenueKind | undefined
  divisionCode?: string | undefined
  search?: string | undefined
  pendingReview?: 'true' | 'false' | undefined
}

const requireState = (venue: queries.VenueRow, ...states: VenueState[]): void => {
  if (!states.includes(venue.state)) throw stateConflict('state', venue.state)
}

/** A venue of an approved list. */
export interface ImportedVenue {
  name: string
  kind: VenueKind
  divisionCode: string
  address: string
  creditCode?: string
  responsibleName: string
  responsiblePhone: string
  points: string[]
}

/** Use cases of venues, in the console and for owners on their phones. Whatever is out of the caller's scope is NOT_FOUND. */
export const createVenueService = (
  parts: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config' | 'venueCodeMac'>,
) => {
  const { pool, clock, config, encryption } = parts
  const view = createVenueView(parts)

  const audit = (
    tx: Transaction,
    caller: VenueKeeper,
    action: string,
    venueId: string | number,
    details: Record<string, unknown> = {},
  ) => writeAudit(tx, { actor: caller, action, objectKind: 'venue', objectId: String(venueId), details })

  /** Where the caller may state that a venue lies. */
  const withinOf = (caller: VenueKeeper): string =>
    caller.kind === 'citizen' ? config.city.divisionCode : caller.divisionCode

  const issueCode = async (
    tx: Transaction,
    pointId: number,
    requestId: string | null = null,
  ): Promise<void> => {
    const { codeId } = makeVenueCode(randomBytes, parts.venueCodeMac)
    await points.insertVenueCode(tx, codeId, pointId, clock(), requestId)
  }

  const getVenue = async (caller: VenueKeeper, venueId: string): Promise<Venue> => {
    const venue = await queries.findVenue(pool, scopeOf(caller), venueId)
    if (!venue) throw new AppError('NOT_FOUND')
    const [pointRows, history] = await Promise.all([
      points.listPoints(pool, venueId),
      queries.listVenueHistory(pool, venueId),
    ])
    return view.toVenue(venue, pointRows, history)
  }

  /** Runs one act on a venue held until commit, then shows the result. */
  const actOn = async (
    caller: VenueKeeper,
    venueId: string,
    act: (tx: Transaction, venue: queries.VenueRow) => Promise<void>,
  ): Promise<Venue> => {
    await inTransaction(pool, async (tx) => {
      const venue = await queries.lockVenue(tx, scopeOf(caller), venueId)
      if (!venue) throw new AppError('NOT_FOUND')
      await act(tx, venue)
    })
    return getVenue(caller, venueId)
  }

  const approve = async (tx: Transaction, caller: OperatorCaller, venue: queries.VenueRow): Promise<void> => {
    if (venue.pending_change) {
      const { creditCode } = venue.pending_change
      await queries.updateVenue(tx, venue.venue_id, {
        ...fromPendingChange(venue.pending_change),
        ...(typeof creditCode === 'string' ? encryptLicence(encryption, creditCode, venue.venue_id) : {}),
      })
      await tellShop(tx, venue, 'change_approved', clock())
      return audit(tx, caller, 'venue.change_approved', venue.venue_id, {
        fields: Object.keys(venue.pending_change),
      })
    }
    await queries.setVenueState(tx, venue.venue_id, 'active', null)
    await tellShop(tx, venue, 'approved', clock())
    for (const point of await points.listPoints(tx, venue.venue_id))
      if (point.state === 'active' && !point.code_id) await issueCode(tx, point.point_id)
    return audit(tx, caller, 'venue.approved', venue.venue_id)
  }

  const reject = async (
    tx: Transaction,
    caller: OperatorCaller,
    venue: queries.VenueRow,
    reason: string,
  ): Promise<void> => {
    if (venue.pending_change) {
      await queries.setPendingChange(tx, venue.venue_id, null)
      await tellShop(tx, venue, 'change_rejected', clock())
      return audit(tx, caller, 'venue.change_rejected', venue.venue_id, { reason })
    }
    await queries.setVenueState(tx, venue.venue_id, 'rejected', reason)
    await tellShop(tx, venue, 'rejected', clock())
    return audit(tx, caller, 'venue.rejected', venue.venue_id, { reason })
  }

  // Whoever asked for it: the applicant, or for a change the one who proposed it. Null for a citizen.
  const askedBy = ({ pending_change: change, applied_by: appliedBy }: queries.VenueRow): string | null => {
    if (!change) return appliedBy
    if (typeof change.requestedBy === 'string') return change.requestedBy
    return change.requestedByPerson === undefined ? appliedBy : null
  }

  const findPointInScope = async (tx: Transaction, caller: VenueKeeper, pointId: string) => {
    const found = await points.findPoint(tx, pointId)
    const venue = found && (await queries.lockVenue(tx, scopeOf(caller), String(found.venue_id)))
    // Read again: another action on the venue may have come first.
    const point = venue && (await points.findPoint(tx, pointId))
    if (!venue || !point) throw new AppError('NOT_FOUND')
    return { point, venue }
  }

  const getPoint = async (pointId: string | number) => {
    const point = await points.findPoint(pool, pointId)
    if (!point) throw new AppError('NOT_FOUND')
    return view.toPoint(point)
  }

  return {
    getVenue,

    /** Newest first, by key; `kind` includes the kinds below it. */
    listVenues: async (caller: OperatorCaller, query: ListQuery) => {
      const { kind } = query
      const limit = query.limit ?? 20
      const rows = await queries.listVenues(pool, scopeOf(caller), {
        state: query.state ?? null,
        kinds: kind === undefined ? null : VENUE_KINDS.filter((each) => isVenueKindWithin(each, kind)),
        divisionPrefix: query.divisionCode === undefined ? null : divisionPrefix(query.divisionCode),
        search: query.search ?? null,
        pendingReview: query.pendingReview === 'true',
        beforeId: readIdCursor(query.cursor, 'integer'),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        venues: page.map(view.toVenueEntry),
        ...(rows.length > limit && last ? { nextCursor: String(last.venue_id) } : {}),
      }
    },

    /** Applies for a code; a venue manager becomes manager of the venue. A repeat of `requestId` gets the same venue. */
    applyVenue: async (
      caller: VenueKeeper,
      application: VenueApplication,
      /** Refuses whoever applied too often, in the transaction that applies. */
      requireRoom: (tx: Transaction) => Promise<void> = async () => {},
    ): Promise<Venue> => {
      const { requestId, points: pointNames, ...fields } = application
      if (new Set(pointNames.map((name) => name.trim())).size !== pointNames.length)
        throw fieldError('points', 'repeated')
      const newVenueId = await queries.takeVenueId(pool)
      const update = await readVenueFields(pool, encryption, withinOf(caller), newVenueId, fields)
      const { name, kind, divisionCode, address, responsibleNameEncrypted, responsiblePhoneEncrypted } =
        update
      if (
        !name ||
        !kind ||
        !divisionCode ||
        !address ||
        !responsibleNameEncrypted ||
        !responsiblePhoneEncrypted
      )
        throw fieldError('name', 'required')
      const writer = writerOf(caller)
      const venueId = await inTransaction(pool, async (tx) => {
        const created = await queries.insertVenue(tx, newVenueId, {
          name,
          kind,
          divisionCode,
          address,
          creditCodeEncrypted: update.creditCodeEncrypted ?? null,
          creditCodeIndex: update.creditCodeIndex ?? null,
          responsibleNameEncrypted,
          responsiblePhoneEncrypted,
          latitude: update.latitude ?? null,
          longitude: update.longitude ?? null,
          appliedBy: writer.operatorId,
          ownerId: writer.personId,
          appliedAt: clock(),
          requestId,
        })
        if (!created) return undefined
        await requireRoom(tx)
        for (const point of pointNames) await points.insertPoint(tx, created, point.trim(), null)
        if (caller.kind === 'operator' && hasRole(caller, 'venue_manager'))
          await queries.addManager(tx, created, caller.operatorId)
        await audit(tx, caller, 'venue.applied', created)
        return created
      })
      const known = venueId ?? (await queries.findVenueOfRequest(pool, requestId, writer))
      if (!known) throw new AppError('REQUEST_ID_REUSED')
      return getVenue(caller, known)
    },

    /** A venue of an approved list: active at once, its points with their codes. */
    addImportedVenue: async (
      tx: Transaction,
      venue: ImportedVenue,
      by: { appliedBy: string; importId: string },
    ): Promise<void> => {
      const { points: pointNames, creditCode, responsibleName, responsiblePhone, ...fields } = venue
      const newVenueId = await queries.takeVenueId(tx)
      const venueId = await queries.insertVenue(tx, newVenueId, {
        ...fields,
        creditCodeEncrypted: null,
        creditCodeIndex: null,
        ...(creditCode === undefined ? {} : encryptLicence(encryption, creditCode, newVenueId)),
        responsibleNameEncrypted: encryption.encrypt(
          responsibleName,
          inRow('venues.responsible_name', newVenueId),
        ),
        responsiblePhoneEncrypted: encryption.encrypt(
          responsiblePhone,
          inRow('venues.responsible_phone', newVenueId),
        ),
        ownerId: null,
        latitude: null,
        longitude: null,
        appliedBy: by.appliedBy,
        appliedAt: clock(),
        requestId: randomUUID(),
      })
      if (!venueId) return
      await queries.setVenueState(tx, Number(venueId), 'active', null)
      for (const name of pointNames) {
        const pointId = await points.insertPoint(tx, venueId, name, null)
        if (pointId !== undefined) await issueCode(tx, pointId)
      }
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'venue.imported',
        objectKind: 'venue',
        objectId: venueId,
        details: { importId: by.importId },
      })
    },

    /** Asks for a change; it counts once reviewed. A venue still applied for is changed at once. */
    changeVenue: async (caller: VenueKeeper, venueId: string, fields: VenueFields): Promise<Venue> => {
      if (Object.keys(fields).length === 0) throw fieldError('name', 'nothing_to_change')
      const update = await readVenueFields(pool, encryption, withinOf(caller), venueId, fields)
      return actOn(caller, venueId, async (tx, venue) => {
        requireState(venue, ...LIVING_VENUE_STATES)
        if (venue.state === 'applied') await queries.updateVenue(tx, venue.venue_id, update)
        else
          await queries.setPendingChange(tx, venue.venue_id, {
            ...toPendingChange(update),
            ...(caller.kind === 'citizen'
              ? { requestedByPerson: caller.personId }
              : { requestedBy: caller.operatorId }),
          })
        await audit(tx, caller, 'venue.change_requested', venueId, { fields: Object.keys(fields) })
      })
    },

    /** Decides an application or a requested change. @throws AppError OWN_PROPOSAL, STATE_CONFLICT where nothing waits. */
    reviewVenue: (
      caller: OperatorCaller,
      venueId: string,
      review: { verdict: 'approve' | 'reject'; reason?: string | undefined },
    ): Promise<Venue> =>
      actOn(caller, venueId, async (tx, venue) => {
        if (!venue.pending_change) requireState(venue, 'applied')
        const about = `venue:${venueId}`
        await decideAsSecond(tx, config, caller, {
          about,
          writers: [askedBy(venue)],
          weighty: false,
          now: clock(),
        })
        if (review.verdict === 'approve') return approve(tx, caller, venue)
        if (!review.reason) throw fieldError('reason', 'required')
        return reject(tx, caller, venue, review.reason)
      }),

    suspendVenue: (caller: OperatorCaller, venueId: string, reason: string): Promise<Venue> =>
      actOn(caller, venueId, async (tx, venue) => {
        requireState(venue, 'active')
        await queries.setVenueState(tx, venue.venue_id, 'suspended', reason)
        await tellShop(tx, venue, 'suspended', clock())
        await audit(tx, caller, 'venue.suspended', venueId, { reason })
      }),

    resumeVenue: (caller: OperatorCaller, venueId: string): Promise<Venue> =>
      actOn(caller, venueId, async (tx, venue) => {
        requireState(venue, 'suspended')
        await queries.setVenueState(tx, venue.venue_id, 'active', null)
        await tellShop(tx, venue, 'resumed', clock())
        await audit(tx, caller, 'venue.resumed', venueId)
      }),

    /** Ends a venue for good; whoever scans its poster is told so. */
    closeVenue: (caller: VenueKeeper, venueId: string, reason: string): Promise<Venue> =>
      actOn(caller, venueId, async (tx, venue) => {
        requireState(venue, ...LIVING_VENUE_STATES)
        await queries.setVenueState(tx, venue.venue_id, 'closed', reason)
        if (caller.kind === 'operator') await tellShop(tx, venue, 'closed', clock())
        await audit(tx, caller, 'venue.closed', venueId, { reason })
      }),

    addPoint: async (caller: VenueKeeper, venueId: string, body: { requestId: string; name: string }) => {
      await actOn(caller, venueId, async (tx, venue) => {
        requireState(venue, ...LIVING_VENUE_STATES)
        const pointId = await points.insertPoint(tx, venueId, body.name.trim(), body.requestId)
        if (pointId === undefined) return
        if (venue.state !== 'applied') await issueCode(tx, pointId)
        await audit(tx, caller, 'venue.point_added', venueId, { pointId })
      })
      const point = await points.findPointOfRequest(pool, body.requestId, venueId)
      if (!point) throw new AppError('REQUEST_ID_REUSED')
      return view.toPoint(point)
    },

    /** Replaces the posted code: whoever scans the old poster is told that it was replaced. */
    rotatePointCode: async (
      caller: VenueKeeper,
      pointId: string,
      body: { requestId: string; reason: string },
    ) => {
      await inTransaction(pool, async (tx) => {
        const { point, venue } = await findPointInScope(tx, caller, pointId)
        if (await points.isCodeOfRequest(tx, body.requestId, point.point_id)) return
        requireState(venue, 'active', 'suspended')
        if (point.state !== 'active') throw new AppError('POINT_CLOSED')
        await points.retireVenueCode(tx, point.point_id, body.reason, clock())
        await issueCode(tx, point.point_id, body.requestId)
        await audit(tx, caller, 'venue.code_rotated', venue.venue_id, { pointId, reason: body.reason })
      })
      return getPoint(pointId)
    },

    closePoint: async (caller: VenueKeeper, pointId: string, reason: string) => {
      await inTransaction(pool, async (tx) => {
        const { point, venue } = await findPointInScope(tx, caller, pointId)
        if (point.state === 'closed') throw stateConflict('state', 'closed')
        await points.closePoint(tx, point.point_id)
        await audit(tx, caller, 'venue.point_closed', venue.venue_id, { pointId, reason })
      })
      return getPoint(pointId)
    },

    /** How many came, today by hour and for two weeks by day; never who. */
    getVenueFigures: async (caller: VenueKeeper, venueId: string): Promise<VenueFigures> => {
      if (!(await queries.findVenue(pool, scopeOf(caller), venueId))) throw new AppError('NOT_FOUND')
      return view.toFigures(await queries.countVisits(pool, venueId, clock()))
    },
  }
}

export type VenueService = ReturnType<typeof createVenueService>
