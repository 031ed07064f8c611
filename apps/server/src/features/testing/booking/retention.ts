import { before, daily, type RetentionOf } from '../../../metrics/retention.ts'

/** Bookings, as long as the samples that came of them. */
export const bookingRetention: RetentionOf = ({ retentionDays }) => ({
  test_bookings: daily(retentionDays.samples, before('test_bookings', 'starts_at')),
})
