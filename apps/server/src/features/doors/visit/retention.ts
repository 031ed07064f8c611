import { before, daily, HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

const days = (parent: string) =>
  `select oldest_day_before('${parent}', ($1::timestamptz at time zone 'Asia/Shanghai')::date)::timestamp at time zone 'Asia/Shanghai' as oldest`

const beforeDay = (table: string) =>
  `select min(visited_on)::timestamp at time zone 'Asia/Shanghai' as oldest from ${table}
   where visited_on < ($1::timestamptz at time zone 'Asia/Shanghai')::date`

/** Visits and checks share their days. */
export const visitRetention: RetentionOf = ({ retentionDays }) => {
  const doorDays = Math.max(retentionDays.visits, retentionDays.checks)
  return {
    visits: daily(doorDays, days('visits')),
    checks: daily(doorDays, days('checks')),
    companion_requests: often(24 * HOUR_MS, before('companion_requests', 'expires_at')),
    visit_parties: daily(4, beforeDay('visit_parties')),
    visit_withdrawals: daily(doorDays, beforeDay('visit_withdrawals')),
    visit_positions: daily(doorDays, beforeDay('visit_positions')),
  }
}
