import type { Incident } from '@jiankangbao/contracts/incident/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import { DOOR_INCIDENTS, type IncidentKind } from '@jiankangbao/domain/vocabulary/incidents'
import { inTransaction } from '../../../db/pool.ts'
import { purgeInBatches } from '../../../db/purge-in-batches.ts'
import { AppError } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../audit/audit.service.ts'
import * as queries from './incident.queries.ts'
import { INCIDENT_DAYS } from './retention.ts'

const toIncident = (caller: OperatorCaller, row: queries.IncidentRow): Incident => ({
  incidentId: row.incident_id,
  kind: row.kind,
  division: { code: row.division_code, name: row.division_name },
  ...(row.operator_id ? { operator: { operatorId: row.operator_id, name: row.operator_name ?? '' } } : {}),
  details: row.details,
  times: row.times,
  raisedAt: row.raised_at.toISOString(),
  lastAt: row.last_at.toISOString(),
  ...(row.acknowledger_name ? { acknowledgedBy: row.acknowledger_name } : {}),
  ...(row.acknowledged_at ? { acknowledgedAt: row.acknowledged_at.toISOString() } : {}),
  ...(row.note ? { note: row.note } : {}),
  mayAcknowledge: row.acknowledged_at === null && row.operator_id !== caller.operatorId,
})

/** An office sees what is about its doors; null: everything. */
const kindsFor = (caller: OperatorCaller): readonly IncidentKind[] | null =>
  hasRole(caller, 'hq', 'auditor', 'sysadmin') ? null : DOOR_INCIDENTS

/** Matters of the watch, in front of headquarters, administrators and auditors. */
export const createIncidentService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => ({
  listIncidents: async (caller: OperatorCaller, query: Call<'listIncidents'>['query']) => {
    const limit = query.limit ?? 20
    const prefix = divisionPrefix(caller.divisionCode)
    const kinds = kindsFor(caller)
    const rows = await queries.listIncidents(
      pool,
      {
        divisionPrefix: prefix,
        kinds: query.kind ? (kinds ?? [query.kind]).filter((each) => each === query.kind) : kinds,
        acknowledged: query.acknowledged === undefined ? null : query.acknowledged === 'true',
      },
      { beforeId: readIdCursor(query.cursor), limit: limit + 1 },
    )
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      incidents: shown.map((row) => toIncident(caller, row)),
      open: await queries.countOpen(pool, prefix, kinds),
      ...(rows.length > limit && last ? { nextCursor: last.incident_id } : {}),
    }
  },

  /**
   * Takes note; a second time is no error, the first one counts.
   * @throws AppError NOT_FOUND, FORBIDDEN (operator, own_matter) where it is about the caller
   */
  acknowledgeIncident: async (
    caller: OperatorCaller,
    incidentId: string,
    note: string,
  ): Promise<Incident> => {
    const at = clock()
    await inTransaction(pool, async (tx) => {
      const row = await queries.lockIncident(
        tx,
        incidentId,
        divisionPrefix(caller.divisionCode),
        kindsFor(caller),
      )
      if (!row) throw new AppError('NOT_FOUND')
      if (row.acknowledged_at) return
      if (row.operator_id === caller.operatorId)
        throw new AppError('FORBIDDEN', { fields: [{ field: 'operator', reason: 'own_matter' }] })
      await queries.acknowledge(tx, incidentId, { operatorId: caller.operatorId, at, note })
      await writeAudit(tx, {
        actor: caller,
        action: 'incident.acknowledged',
        objectKind: 'incident',
        objectId: incidentId,
        purpose: note,
        details: { kind: row.kind, times: row.times },
      })
    })
    const row = await queries.findIncident(pool, incidentId)
    if (!row) throw new AppError('NOT_FOUND')
    return toIncident(caller, row)
  },
})

export type IncidentService = ReturnType<typeof createIncidentService>

const OLD = `delete from incidents where incident_id in (
  select incident_id from incidents where acknowledged_at < $1::timestamptz - interval '${INCIDENT_DAYS} days' limit $2::int)`

/** Forgets matters of which somebody took note long ago. */
export const purgeIncidents = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeInBatches(pool, OLD, clock())
}
