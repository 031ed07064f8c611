import { HOUR_MS, often, type RetentionOf } from '../../../metrics/retention.ts'

export const listRetention: RetentionOf = () => ({
  lists: often(
    24 * HOUR_MS,
    `select min(uploaded_at) as oldest from imports where state = 'uploading' and uploaded_at < $1::timestamptz
       or state = 'checked' and checked_at < $1::timestamptz - interval '6 days'`,
  ),
})
