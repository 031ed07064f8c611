import { before, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

/** After somebody took note. */
export const INCIDENT_DAYS = 180

export const incidentRetention: RetentionOf = () => ({
  incidents: often(INCIDENT_DAYS * 24 * HOUR_MS, before('incidents', 'acknowledged_at')),
})
