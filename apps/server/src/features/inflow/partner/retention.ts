import { before, hourly, type RetentionOf } from '../../../metrics/retention.ts'

export const partnerRetention: RetentionOf = () => ({
  partner_batches: hourly(30, before('partner_batches', 'received_at')),
})
