import type { OperatorRole } from '@jiankangbao/contracts/operator/schemas'
import type { DecisionAlarm, ProposalState } from '@jiankangbao/domain/vocabulary/approval'
import type { OperatorChangeKind } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'
import { stateNow } from '../../approval/second-person/open-matter.ts'
import type { ActivationPhone } from './activation-message.ts'

/** How the operator will be. */
export interface ChangePayload {
  displayName: string
  organisation: string
  roles: OperatorRole[]
  divisionCode: string
  active: boolean
}

export interface OperatorChangeRow {
  change_id: string
  kind: OperatorChangeKind
  operator_id: string | null
  username: string
  payload: ChangePayload
  division_name: string
  reason: string
  state: ProposalState
  proposed_by: string
  proposer_name: string
  proposed_at: Date
  expires_at: Date
  decider_name: string | null
  decided_at: Date | null
  decision_reason: string | null
  first_half_encrypted: Buffer | null
  phone_encrypted: Buffer | null
  /** Null where the code is handed over in halves. */
  phone_index: Buffer | null
  messaged_at: Date | null
  alarms: DecisionAlarm[]
  /** As the operator is now; null of somebody new. */
  roles: OperatorRole[] | null
  division_code: string | null
  own_division_name: string | null
  active: boolean | null
}

const CHANGE = `select c.change_id, c.kind, c.operator_id, c.username, c.payload, d.name as division_name, c.reason,
    ${stateNow('c', '$1')} as state,
    c.proposed_by, p.display_name as proposer_name, c.proposed_at, c.expires_at, x.display_name as decider_name, c.decided_at,
    c.decision_reason, c.first_half_encrypted, c.phone_encrypted, c.phone_index, c.messaged_at, c.alarms, o.roles, o.division_code, e.name as own_division_name, o.active
  from operator_changes c
  join operators p on p.operator_id = c.proposed_by
  join divisions d on d.code = c.payload ->> 'divisionCode'
  left join operators x on x.operator_id = c.decided_by
  left join operators o on o.operator_id = c.operator_id
  left join divisions e on e.code = o.division_code`

export const findChange = async (
  db: Queryable,
  now: Date,
  changeId: string,
): Promise<OperatorChangeRow | undefined> =>
  (await db.query<OperatorChangeRow>(`${CHANGE} where c.change_id = $2::bigint`, [now, changeId])).rows[0]

/** The change, held until commit: of several decisions the first one counts. */
export const lockChange = async (
  tx: Transaction,
  now: Date,
  changeId: string,
): Promise<OperatorChangeRow | undefined> =>
  (
    await tx.query<OperatorChangeRow>(`${CHANGE} where c.change_id = $2::bigint for update of c`, [
      now,
      changeId,
    ])
  ).rows[0]

export const findChangeOfRequest = async (
  db: Queryable,
  now: Date,
  requestId: string,
): Promise<OperatorChangeRow | undefined> =>
  (await db.query<OperatorChangeRow>(`${CHANGE} where c.request_id = $2::uuid`, [now, requestId])).rows[0]

/** Newest first, by key. */
export const listChanges = async (
  db: Queryable,
  now: Date,
  filter: { state: ProposalState | null; divisionPrefix: string; beforeId: string | null; limit: number },
): Promise<OperatorChangeRow[]> =>
  (
    await db.query<OperatorChangeRow>(
      `${CHANGE} where ($2::bigint is null or c.change_id < $2::bigint)
         and ($3::text is null or $3::text = ${stateNow('c', '$1')})
         and starts_with(c.payload ->> 'divisionCode', $5::text)
       order by c.change_id desc limit $4::int`,
      [now, filter.beforeId, filter.state, filter.limit, filter.divisionPrefix],
    )
  ).rows

export interface NewChange {
  kind: OperatorChangeKind
  operatorId: string | null
  username: string
  payload: ChangePayload
  reason: string
  proposedBy: string
  proposedAt: Date
  expiresAt: Date
  firstHalfEncrypted: ((changeId: string) => Buffer) | undefined
  phone: ActivationPhone | undefined
  requestId: string
}

/** @returns the id; undefined where this request was made before */
export const insertChange = async (tx: Transaction, change: NewChange): Promise<string | undefined> => {
  const changeId = await takeId(tx, 'operator_changes', 'change_id')
  return (
    await tx.query<{ change_id: string }>(
      `insert into operator_changes (kind, operator_id, username, payload, reason, proposed_by, proposed_at, expires_at,
         first_half_encrypted, request_id, phone_encrypted, phone_index, change_id) overriding system value
       values ($1::text, $2::bigint, $3::text, $4::jsonb, $5::text, $6::bigint, $7::timestamptz, $8::timestamptz, $9::bytea, $10::uuid, $11::bytea, $12::bytea, $13::bigint)
       on conflict (request_id) do nothing returning change_id`,
      [
        change.kind,
        change.operatorId,
        change.username,
        JSON.stringify(change.payload),
        change.reason,
        change.proposedBy,
        change.proposedAt,
        change.expiresAt,
        change.firstHalfEncrypted?.(changeId) ?? null,
        change.requestId,
        change.phone?.phoneEncrypted(changeId) ?? null,
        change.phone?.phoneIndex ?? null,
        changeId,
      ],
    )
  ).rows[0]?.change_id
}

/** Those about this operator or name that ran out make room for another one. */
export const expireOverdueChanges = async (
  tx: Transaction,
  subject: { operatorId: string | null; username: string },
  now: Date,
): Promise<void> => {
  await tx.query(
    `update operator_changes set state = 'expired', first_half_encrypted = null
     where state = 'open' and expires_at <= $3::timestamptz and (operator_id = $1::bigint or username = $2::text)`,
    [subject.operatorId, subject.username, now],
  )
}

/** Whatever waits about the operator is over. */
export const expireOpenChanges = async (tx: Transaction, operatorId: string): Promise<void> => {
  await tx.query(
    `update operator_changes set state = 'expired', first_half_encrypted = null where operator_id = $1::bigint and state = 'open'`,
    [operatorId],
  )
}

export const closeChange = async (
  tx: Transaction,
  changeId: string,
  end: {
    state: 'approved' | 'rejected' | 'withdrawn'
    operatorId: string | null
    decidedBy: string | null
    at: Date
    reason: string
    alarms: readonly DecisionAlarm[]
  },
): Promise<void> => {
  await tx.query(
    `update operator_changes set state = $2::text, operator_id = coalesce($3::bigint, operator_id), decided_by = $4::bigint,
       decided_at = $5::timestamptz, decision_reason = $6::text, alarms = $7::text[], first_half_encrypted = null
     where change_id = $1::bigint`,
    [changeId, end.state, end.operatorId, end.decidedBy, end.at, end.reason, end.alarms],
  )
}
