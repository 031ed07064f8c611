import type { ContactGroup } from '@jiankangbao/domain/tracing/contacts'
import type { Queryable } from '../../../db/pool.ts'

export interface ExposedByRow {
  case_id: string
  contact_group: ContactGroup
  minutes: number
  met_at: Date | null
  venue_name: string | null
  may_open: boolean
}

/** Of which cases the person is an approved contact that stands, stay by stay, the first one first. */
export const listExposedBy = async (
  db: Queryable,
  personId: string,
  operatorId: string,
): Promise<ExposedByRow[]> =>
  (
    await db.query<ExposedByRow>(
      `select k.case_id, k.contact_group, coalesce(x.minutes, k.minutes) as minutes, x.met_at, e.name as venue_name,
         exists (select from case_readers o where o.case_id = k.case_id and o.operator_id = $2::bigint) as may_open
       from case_contacts k
       join proposals r on r.request_id = k.selection_id and r.case_id = k.case_id and r.kind = 'case.expose' and r.state = 'approved'
       left join exposures x on x.selection_id = k.selection_id and x.person_id = k.person_id
       left join case_stays s on s.stay_id = x.stay_id
       left join venue_points t on t.point_id = s.point_id left join venues e on e.venue_id = t.venue_id
       where k.person_id = $1::bigint and x.dropped_by is null
         and (x.exposure_id is not null or k.contact_group = 'secondary_contact')
       order by x.met_at nulls last, k.case_id limit 100`,
      [personId, operatorId],
    )
  ).rows
