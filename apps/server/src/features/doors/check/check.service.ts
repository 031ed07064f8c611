import type { CheckRequest, CheckResult } from '@jiankangbao/contracts/check/schemas'
import {
  numberToColour,
  numberToDecision,
  numberToDecisionReasons,
} from '@jiankangbao/domain/decision/coding'
import { maskDocumentNumber } from '@jiankangbao/domain/identity/masks'
import { AppError } from '../../../http/app-error.ts'
import { createBatcher } from '../../../http/batcher.ts'
import type { DeviceCaller, OperatorCaller } from '../../../http/caller.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { isHeld } from '../../measures/monitoring/sightings.ts'
import { assertMayCheckAt, listPointsFor } from '../venue/point-scope.service.ts'
import { parseScannedAt } from '../visit/scanned-at.ts'
import { callerKey } from './caller-key.ts'
import {
  CHECK_ENTRY_REGISTERED,
  type CheckInput,
  type CheckRow,
  DETAILS,
  findFirstCheck,
  LAST_COLOUR,
  OUTCOMES,
  RECORD,
  recordChecks,
} from './check.queries.ts'
import { readMeans } from './code-reader.ts'
import { listWarnings, tellEcho } from './echo.service.ts'
import { createGuessLimits } from './guess-limits.ts'
import { MEANS, type Means } from './means.ts'
import type { PermissionCache } from './permission-cache.ts'

/** The statement of a check, for trying it without running it. */
export const CHECK_STATEMENT = { text: RECORD, parameters: 18 }

type Checker = OperatorCaller | DeviceCaller

/** Use cases of checkpoint staff: a check, and the points one may check at. */
export const createCheckService = (
  parts: Pick<
    Parts,
    'pool' | 'hotPool' | 'clock' | 'keys' | 'encryption' | 'metrics' | 'admission' | 'config' | 'sightings'
  > & { believe: PermissionCache },
) => {
  const { pool, hotPool, clock, keys, encryption, config, believe } = parts

  const guesses = createGuessLimits(parts)

  const batcher = createBatcher<CheckInput, CheckRow>({
    name: 'check',
    registry: parts.metrics.registry,
    ...config.batch,
    watch: parts.admission.watch,
    run: async (inputs) => {
      const rows = await recordChecks(hotPool, inputs, clock())
      parts.sightings.note(
        rows.flatMap((row) =>
          row?.person_id && row.outcome <= LAST_COLOUR && isHeld(row.outcome) ? row.person_id : [],
        ),
      )
      return inputs.map((_, index) => rows[index] ?? new AppError('NOT_FOUND'))
    },
  })

  const assertPoint = async (caller: Checker, pointId: string): Promise<void> => {
    if (caller.kind === 'device') {
      if (caller.pointId !== pointId) throw new AppError('NOT_FOUND')
      return
    }
    await believe(`${caller.operatorId}:${pointId}`, () => assertMayCheckAt(pool, caller, pointId))
  }

  // Numbers can be tried out, whichever way they come in; signatures can not.
  const assertLimit = async (caller: Checker, means: Means): Promise<void> => {
    const { numericChecksPerCallerPerMinute, documentChecksPerCallerPerMinute } = config.limits
    if (means === 'numeric_code')
      await takeFromLimit(pool, `check-numeric:${callerKey(caller)}`, numericChecksPerCallerPerMinute, 60)
    if (means === 'document')
      await takeFromLimit(pool, `check-document:${callerKey(caller)}`, documentChecksPerCallerPerMinute, 60)
  }

  const toResult = (row: CheckRow): CheckResult => {
    const outcome = OUTCOMES[row.outcome] ?? 'unknown'
    const isColour = row.outcome <= LAST_COLOUR
    const detail = DETAILS[row.detail]
    return {
      outcome,
      ...(isColour ? { colour: numberToColour(row.outcome), decision: numberToDecision(row.decision) } : {}),
      reasons: isColour ? numberToDecisionReasons(row.reason_bits) : [],
      ...((row.flags & CHECK_ENTRY_REGISTERED) === 0 ? {} : { entryRegistered: true }),
      ...(row.name_masked ? { nameMasked: row.name_masked } : {}),
      ...(row.document_number_encrypted && row.person_id
        ? {
            documentNumberMasked: encryption.show(
              row.document_number_encrypted,
              inRow('persons.document_number', row.person_id),
              maskDocumentNumber,
            ),
          }
        : {}),
      ...(row.latest_negative_at ? { latestTestAt: row.latest_negative_at.toISOString() } : {}),
      documentNeeded: isColour && row.means === MEANS.paper_code,
      ...(detail ? { detail } : {}),
      ...(row.age_seconds === null || isColour ? {} : { ageSeconds: row.age_seconds }),
      checkedAt: row.checked_at.toISOString(),
      late: (row.flags & 1) === 1,
    }
  }

  return {
    /**
     * One check, answered after commit; a repeat of `requestId` by the same caller gets the first answer.
     * @throws AppError NOT_FOUND for a point out of scope, TOO_MANY_REQUESTS, VALIDATION_FAILED, REQUEST_ID_REUSED, BUSY.
     */
    recordCheck: async (caller: Checker, body: CheckRequest): Promise<CheckResult> => {
      await assertPoint(caller, body.pointId)
      const { at: checkedAt, late } = parseScannedAt(body.scannedAt, clock())
      const means = readMeans(body, checkedAt, keys, encryption)
      await assertLimit(caller, means.means)
      const guess = await guesses.take(caller, body.pointId, means.means)
      const row = await batcher.submit({
        ...means,
        requestId: body.requestId.toLowerCase(),
        pointId: body.pointId,
        caller: callerKey(caller),
        operatorId: caller.kind === 'operator' ? caller.operatorId : null,
        deviceId: caller.kind === 'device' ? caller.deviceId : null,
        organisation: caller.organisation,
        purpose: body.purpose,
        checkedAt,
        late,
      })
      const settle = ({ person_id: personId }: { person_id: string | null }) =>
        personId === null ? guess?.missed() : guess?.hit()
      if (row.recorded) {
        await settle(row)
        if (DETAILS[row.detail] === 'shown_elsewhere' && row.person_id !== null)
          await tellEcho(parts, {
            personId: row.person_id,
            pointId: body.pointId,
            ageSeconds: row.age_seconds ?? 0,
            at: row.checked_at,
          })
        return toResult(row)
      }
      const first = await findFirstCheck(pool, callerKey(caller), body.requestId, checkedAt)
      if (!first) throw new AppError('BUSY', { retryAfterSeconds: 1 })
      await settle(first)
      // A code that has expired since names nobody any more; one that names somebody must name the same person.
      const isOther = row.person_id !== null && first.person_id !== null && row.person_id !== first.person_id
      if (isOther || String(first.point_id) !== body.pointId || first.means !== MEANS[means.means])
        throw new AppError('REQUEST_ID_REUSED')
      return toResult(first)
    },

    /** Checks that the caller made and whose live code was shown at another door within its minute. */
    listCheckWarnings: (caller: Checker) => listWarnings(parts, callerKey(caller)),

    /** Points that the operator may check at, by name of venue or point. */
    listCheckPoints: async (caller: OperatorCaller, search: string | undefined) => ({
      points: await listPointsFor(pool, caller, search),
    }),
  }
}

export type CheckService = ReturnType<typeof createCheckService>
