import { before, hourly, type RetentionOf } from '../../../metrics/retention.ts'

export const upstreamRetention: RetentionOf = () => ({
  upstream_figures: hourly(1, before('upstream_figures', 'slot_at')),
})
