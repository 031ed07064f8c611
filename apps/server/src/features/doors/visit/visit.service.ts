import type {
  VenueFace,
  VisitRecorded,
  VisitRequest,
  VisitResult,
} from '@jiankangbao/contracts/visit/schemas'
import { parseVenueCode } from '@jiankangbao/domain/codes/venue-code'
import {
  numberToColour,
  numberToDecision,
  numberToDecisionReasons,
} from '@jiankangbao/domain/decision/coding'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { AppError } from '../../../http/app-error.ts'
import { createBatcher } from '../../../http/batcher.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { isHeld } from '../../measures/monitoring/sightings.ts'
import { nameCompanions } from './companion.service.ts'
import { isFarFrom } from './distance.ts'
import { findDoor } from './door.queries.ts'
import { type PartyPerson, resolveParty } from './party.ts'
import { parseScannedAt } from './scanned-at.ts'
import {
  type DoorState,
  type FirstVisitRow,
  findFirstVisits,
  instantOf,
  recordStatement,
  recordVisits,
  VISIT_ENTRY_REGISTERED,
  VISIT_FAR_AWAY,
  VISIT_LATE,
  VISIT_UNLOCATED,
  type VisitInput,
  type VisitRow,
} from './visit.queries.ts'

/** The statement of a scan, for trying it without running it. */
export const VISIT_STATEMENT = { text: recordStatement(), parameters: 6 }

/** How far a phone's clock may be off between a scan told as "now" and the same one sent again with its time. */
const SAME_SCAN_MS = 10 * 60_000
const refusals: Record<Exclude<DoorState, 'open'>, AppError['code']> = {
  unknown: 'VENUE_CODE_UNKNOWN',
  rotated: 'VENUE_CODE_ROTATED',
  point_closed: 'POINT_CLOSED',
  venue_closed: 'VENUE_NOT_ACTIVE',
}

const requireOpen = (door: DoorState): void => {
  if (door !== 'open') throw new AppError(refusals[door])
}

const toResult = (person: PartyPerson, row: VisitRow): VisitResult => ({
  ...(person.memberId ? { memberId: person.memberId } : {}),
  ...(person.companion === undefined ? {} : { companion: person.companion }),
  colour: numberToColour(row.colour),
  decision: numberToDecision(row.decision),
  reasons: numberToDecisionReasons(row.reason_bits),
  ...((row.flags & VISIT_ENTRY_REGISTERED) === 0 ? {} : { entryRegistered: true }),
  nameMasked: row.name_masked,
  // The holder must not see how a companion stands with the province.
  ...(row.identity_stale && person.companion === undefined ? { identityStale: true } : {}),
  ...(row.latest_negative_ms === null
    ? {}
    : { latestTestAt: new Date(row.latest_negative_ms).toISOString() }),
})

/** Somebody unknown, or not yet confirmed on their own phone: never green, and nothing is recorded about them. */
const unknownCompanion = (person: PartyPerson): VisitResult => ({
  ...(person.companion === undefined ? {} : { companion: person.companion }),
  colour: 'none',
  decision: 'review',
  reasons: ['companion_to_confirm'],
  nameMasked: '',
})

const REMEMBERED_CODES = 20_000

// Whether a text is a code of ours never changes, and a city's doors are few compared with its scans.
const rememberCodes = (mac: Parts['venueCodeMac']) => {
  const known = new Map<string, ReturnType<typeof parseVenueCode>>()
  return (text: string) => {
    const found = known.get(text)
    if (found) return found
    const parsed = parseVenueCode(text, mac)
    if (parsed.ok) {
      if (known.size >= REMEMBERED_CODES) known.clear()
      known.set(text, parsed)
    }
    return parsed
  }
}

/** The rows of one party, or why it gets none. */
const toAnswer = (rows: (VisitRow | AppError | undefined)[]): VisitRow[] | AppError => {
  const answer: VisitRow[] = []
  for (const row of rows) {
    if (row === undefined) return new AppError('NOT_REGISTERED')
    if (row instanceof AppError) return row
    if (row.door !== 'open') return new AppError(refusals[row.door])
    answer.push(row)
  }
  return answer
}

/** Whether a repeat asks for what its request id was first used for: the same door, people and time. */
const asksTheSame = ({ party, statedAt, flags }: VisitInput, first: FirstVisitRow): boolean => {
  if (!first.same_door || first.content_hash !== (party?.contentHash ?? null)) return false
  if (((flags ^ first.flags) & VISIT_FAR_AWAY) !== 0) return false
  const instant = instantOf(first)
  // A scan that was sent late carried its time. A scan that was sent at once may have carried none; the phone then repeats it
  // with the time that it remembers.
  if ((first.flags & VISIT_LATE) !== 0) return statedAt?.getTime() === instant
  return statedAt === undefined || Math.abs(statedAt.getTime() - instant) <= SAME_SCAN_MS
}

/** Scans for several people whose request id another scan of the same batch has too. They wait until that scan is answered. */
const findClashing = (parties: VisitInput[][]): Set<VisitInput[]> => {
  const clashing = new Set<VisitInput[]>()
  if (!parties.some(([first]) => first?.party)) return clashing
  const seen = new Set<string>()
  for (const party of parties) {
    const requestId = party[0]?.requestId.toLowerCase() ?? ''
    if (seen.has(requestId)) clashing.add(party)
    seen.add(requestId)
  }
  return clashing
}

/** Use cases of the door: a scan, and a look at what a venue code stands for. */
export const createVisitService = (
  parts: Pick<
    Parts,
    | 'pool'
    | 'hotPool'
    | 'clock'
    | 'config'
    | 'encryption'
    | 'metrics'
    | 'admission'
    | 'venueCodeMac'
    | 'sightings'
  >,
) => {
  const { pool, hotPool, clock, encryption } = parts
  const parse = rememberCodes(parts.venueCodeMac)

  // A repeat is answered like the first time, unless it asks for something else under the same request id.
  const answerRepeats = async (inputs: VisitInput[], rows: (VisitRow | undefined)[]) => {
    const asked = rows.flatMap((row, index) => (row && !row.recorded ? [index] : []))
    if (asked.length === 0) return rows
    const firsts = await findFirstVisits(
      hotPool,
      asked.flatMap((index) => inputs[index] ?? []),
    )
    const answered: (VisitRow | AppError | undefined)[] = [...rows]
    for (const [position, index] of asked.entries()) {
      const input = inputs[index]
      if (!input || rows[index]?.door !== 'open') continue
      // Nothing is recorded of this person although the request id has served: it was for others.
      const first = firsts.get(position)
      answered[index] = first && asksTheSame(input, first) ? first : new AppError('REQUEST_ID_REUSED')
    }
    return answered
  }

  const runBatch = async (parties: VisitInput[][]): Promise<(VisitRow[] | AppError)[]> => {
    const inputs = parties.flat()
    const recorded = await recordVisits(hotPool, inputs, clock())
    // After the commit, and nobody waits for it: whoever has to stay at home was just seen at a door.
    parts.sightings.note(
      inputs.flatMap(({ personId }, index) => (isHeld(recorded[index]?.colour) ? personId : [])),
    )
    const rows = await answerRepeats(inputs, recorded)
    let end = 0
    return parties.map((party) => {
      end += party.length
      return toAnswer(rows.slice(end - party.length, end))
    })
  }

  const batcher = createBatcher<VisitInput[], VisitRow[]>({
    name: 'visit',
    registry: parts.metrics.registry,
    ...parts.config.batch,
    watch: parts.admission.watch,
    // A party stays together: its persons are neighbours in one statement.
    run: async (parties) => {
      const clashing = findClashing(parties)
      if (clashing.size === 0) return runBatch(parties)
      const first = await runBatch(parties.filter((party) => !clashing.has(party)))
      const then: (VisitRow[] | AppError)[] = []
      for (const party of clashing) then.push(...(await runBatch([party])))
      return parties.map(
        (party) => (clashing.has(party) ? then : first).shift() ?? new AppError('REQUEST_ID_REUSED'),
      )
    },
  })

  const parseCode = (text: string): string => {
    const parsed = parse(text)
    if (!parsed.ok)
      throw new AppError('VENUE_CODE_INVALID', { fields: [{ field: 'venueCode', reason: parsed.reason }] })
    return parsed.codeId
  }

  const getOpenVenue = async (codeId: string): Promise<VenueFace> => {
    const found = await findDoor(pool, codeId)
    if (!found) throw new AppError(refusals.unknown)
    requireOpen(found.door)
    const { name, point, kind } = found
    return { name, point, kind }
  }

  const isFarAway = async (codeId: string, position: VisitRequest['position']): Promise<boolean> => {
    if (!position) return false
    const door = await findDoor(pool, codeId)
    return door !== undefined && isFarFrom(door, position)
  }

  return {
    /**
     * Records one scan for everybody in the party, after commit; a repeat of `requestId` gets the first answer.
     * @throws AppError VENUE_CODE_INVALID (typo or made up), VENUE_CODE_UNKNOWN, VENUE_CODE_ROTATED, POINT_CLOSED,
     * VENUE_NOT_ACTIVE, NOT_REGISTERED, NOT_FOUND (somebody else's member), REQUEST_ID_REUSED, BUSY.
     */
    recordVisit: async (caller: CitizenCaller, body: VisitRequest): Promise<VisitRecorded> => {
      const codeId = parseCode(body.venueCode)
      const { at: visitedAt, late, statedAt } = parseScannedAt(body.scannedAt, clock())
      // A door that takes nobody looks nobody up.
      if (body.companions?.length) await getOpenVenue(codeId)
      const {
        persons: party,
        named,
        by,
        claim,
      } = await resolveParty(
        { pool, encryption, today: () => shanghaiDayOf(clock().getTime()) },
        caller,
        body,
        late,
      )
      await nameCompanions(pool, caller, { requestId: body.requestId, codeId, by }, named, clock())
      const farAway = await isFarAway(codeId, body.position)
      const flags =
        (late ? VISIT_LATE : 0) |
        (farAway ? VISIT_FAR_AWAY : 0) |
        (body.position === undefined ? VISIT_UNLOCATED : 0)
      const known = party.filter(
        (person): person is PartyPerson & { personId: string } => person.personId !== undefined,
      )
      if (known.length === 0) {
        return {
          visits: party.map(unknownCompanion),
          venue: await getOpenVenue(codeId),
          recordedAt: visitedAt.toISOString(),
          late,
          presence: false,
        }
      }
      const rows = await batcher.submit(
        known.map((person) => ({
          personId: person.personId,
          codeId,
          requestId: body.requestId,
          visitedAt,
          statedAt,
          flags: person.flags | flags,
          ...(claim ? { party: claim } : {}),
        })),
      )
      const [first] = rows
      if (!first) throw new AppError('NOT_REGISTERED')
      let at = 0
      const visits = party.map((person) => {
        const row = person.personId === undefined ? undefined : rows[at++]
        return row ? toResult(person, row) : unknownCompanion(person)
      })
      return {
        visits,
        venue: { name: first.venue_name, point: first.point_name, kind: first.kind },
        recordedAt: new Date(instantOf(first)).toISOString(),
        late: (first.flags & VISIT_LATE) !== 0,
        presence: (first.flags & VISIT_FAR_AWAY) === 0,
        ...((first.flags & VISIT_UNLOCATED) === 0 ? {} : { unlocated: true }),
      }
    },

    /** The scan of the caller alone at a door that is known already, now. Errors as for a scan. */
    recordOne: async (caller: CitizenCaller, codeId: string, requestId: string): Promise<VisitRecorded> => {
      const { personId } = caller
      if (!personId) throw new AppError('NOT_REGISTERED')
      const now = clock()
      const input = {
        personId,
        codeId,
        requestId,
        visitedAt: now,
        statedAt: undefined,
        flags: VISIT_UNLOCATED,
      }
      const [row] = await batcher.submit([input])
      if (!row) throw new AppError('NOT_REGISTERED')
      return {
        visits: [toResult({ personId, flags: 0 }, row)],
        venue: { name: row.venue_name, point: row.point_name, kind: row.kind },
        recordedAt: new Date(instantOf(row)).toISOString(),
        late: false,
        presence: true,
        unlocated: true,
      }
    },

    /** What a venue code stands for, before anything is recorded. Errors as for a scan. */
    previewVenueCode: async (text: string): Promise<{ venue: VenueFace }> => {
      return { venue: await getOpenVenue(parseCode(text)) }
    },
  }
}

export type VisitService = ReturnType<typeof createVisitService>
