import { hourly, type RetentionOf } from '../../../metrics/retention.ts'

export const factRetention: RetentionOf = () => ({
  unclaimed_results: hourly(
    60,
    `select min(sampled_at) as oldest from unclaimed_results where sampled_at < $1::timestamptz
     and (result = 'negative' or sampled_at < $1::timestamptz - interval '305 days')`,
  ),
  unclaimed_findings: hourly(
    365,
    `select min(p.decided_at) as oldest from unclaimed_findings u join proposals p using (proposal_id) where p.decided_at < $1::timestamptz`,
  ),
})
