import type { IncidentKind } from '@jiankangbao/domain/vocabulary/incidents'
import type { Queryable } from '../../../db/pool.ts'

export interface RaisedIncident {
  kind: IncidentKind
  /** The same matter while nobody has taken note of it; never a name or number. */
  subject: string
  /** The city's own where it is no division's matter. */
  divisionCode: string
  /** Whom of the operators it is about; they do not take note of it themselves. */
  operatorId?: string
  /** Figures and names of places that the sentence about the kind names. */
  details: Record<string, number | string>
  at: Date
}

/** Opens a matter for those who watch, or counts it once more in the one that is open. */
export const raiseIncident = async (db: Queryable, incident: RaisedIncident): Promise<void> => {
  await db.query(
    `insert into incidents as i (kind, subject, division_code, operator_id, details, raised_at, last_at)
     values ($1::text, $2::text, $3::text, $4::bigint, $5::jsonb, $6::timestamptz, $6::timestamptz)
     on conflict (kind, subject) where acknowledged_at is null
     do update set times = i.times + 1, last_at = greatest(i.last_at, excluded.last_at), details = excluded.details`,
    [
      incident.kind,
      incident.subject,
      incident.divisionCode,
      incident.operatorId ?? null,
      JSON.stringify(incident.details),
      incident.at,
    ],
  )
}
