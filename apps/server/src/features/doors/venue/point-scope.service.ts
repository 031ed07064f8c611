import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { Queryable } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'

// Points of active venues: in the operator's division for hq, office and checker; for venue managers, and for checkers
// who are assigned to venues, those venues only.
const IN_SCOPE = `
  from venue_points pt join venues v using (venue_id)
  where pt.state = 'active' and v.state = 'active'
    and case when $1::boolean and not exists (select 1 from venue_managers m where m.operator_id = $2::bigint)
      then v.division_code like $3::text || '%'
      else $4::boolean and v.division_code like $3::text || '%'
        or exists (select 1 from venue_managers m where m.operator_id = $2::bigint and m.venue_id = v.venue_id) end`

const scopeOf = (caller: OperatorCaller) => [
  hasRole(caller, 'checker'),
  caller.operatorId,
  divisionPrefix(caller.divisionCode),
  hasRole(caller, 'hq', 'office'),
]

/** @throws AppError NOT_FOUND for a point that is not there, closed, or not the operator's to check at. */
export const assertMayCheckAt = async (
  db: Queryable,
  caller: OperatorCaller,
  pointId: string,
): Promise<void> => {
  const { rowCount } = await db.query(`select 1 ${IN_SCOPE} and pt.point_id = $5::int`, [
    ...scopeOf(caller),
    pointId,
  ])
  if (rowCount === 0) throw new AppError('NOT_FOUND', { fields: [{ field: 'pointId', reason: 'not_found' }] })
}

/** Points that the operator may check at, at most a hundred, those whose venue or point name contains `search`. */
export const listPointsFor = async (
  db: Queryable,
  caller: OperatorCaller,
  search: string | undefined,
): Promise<CheckPoint[]> => {
  const { rows } = await db.query<{ point_id: number; name: string; venue_name: string; kind: VenueKind }>(
    `select pt.point_id, pt.name, v.name as venue_name, v.kind ${IN_SCOPE}
       and ($5::text is null or position(lower($5::text) in lower(v.name || ' ' || pt.name)) > 0)
     order by v.name, pt.point_id limit 100`,
    [...scopeOf(caller), search ?? null],
  )
  return rows.map((row) => ({
    pointId: String(row.point_id),
    pointName: row.name,
    venueName: row.venue_name,
    kind: row.kind,
  }))
}
