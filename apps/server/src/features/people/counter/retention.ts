import { often, type RetentionOf } from '../../../metrics/retention.ts'

export const counterRetention: RetentionOf = () => ({
  counter_act_identities: often(
    0,
    'select min(expires_at) as oldest from counter_acts where identity_encrypted is not null and expires_at < $1::timestamptz',
  ),
})
