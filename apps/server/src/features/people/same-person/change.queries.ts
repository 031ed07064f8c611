import type { DecisionAlarm, ProposalState } from '@jiankangbao/domain/vocabulary/approval'
import type { Absence, IdentityChangeKind } from '@jiankangbao/domain/vocabulary/people'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { stateNow } from '../../approval/second-person/open-matter.ts'

export interface IdentityChangeRow {
  change_id: string
  kind: IdentityChangeKind
  person_id: string
  name_masked: string
  other_person_id: string | null
  other_name_masked: string | null
  matter_id: string | null
  absence: Absence | null
  document_encrypted: Buffer | null
  /** As the person stands now. */
  person_document_type: DocumentType
  person_document_number: Buffer
  person_birth_on: Buffer | null
  person_account_id: string | null
  person_phone: Buffer | null
  reason: string
  state: ProposalState
  proposed_by: string
  proposer_name: string
  proposed_at: Date
  expires_at: Date
  decider_name: string | null
  decided_at: Date | null
  decision_reason: string | null
  alarms: DecisionAlarm[]
}

const CHANGE = `select c.change_id, c.kind, c.person_id, p.name_masked, c.other_person_id, q.name_masked as other_name_masked, c.matter_id,
    c.absence, c.document_encrypted, p.document_type as person_document_type,
    p.document_number_encrypted as person_document_number, p.birth_on_encrypted as person_birth_on, (select h.phone_encrypted from accounts h
      where h.person_id = c.person_id and h.number_left_at is null) as person_phone,
    (select h.account_id from accounts h where h.person_id = c.person_id) as person_account_id, c.reason,
    ${stateNow('c', '$1')} as state,
    c.proposed_by, o.display_name as proposer_name, c.proposed_at, c.expires_at, x.display_name as decider_name, c.decided_at,
    c.decision_reason, c.alarms
  from identity_changes c
  join persons p on p.person_id = c.person_id
  left join persons q on q.person_id = c.other_person_id
  join operators o on o.operator_id = c.proposed_by
  left join operators x on x.operator_id = c.decided_by`

export const findChange = async (
  db: Queryable,
  now: Date,
  changeId: string,
): Promise<IdentityChangeRow | undefined> =>
  (await db.query<IdentityChangeRow>(`${CHANGE} where c.change_id = $2::bigint`, [now, changeId])).rows[0]

/** The change, held until commit: of several decisions the first one counts. */
export const lockChange = async (
  tx: Transaction,
  now: Date,
  changeId: string,
): Promise<IdentityChangeRow | undefined> =>
  (
    await tx.query<IdentityChangeRow>(`${CHANGE} where c.change_id = $2::bigint for update of c`, [
      now,
      changeId,
    ])
  ).rows[0]

export const findChangeOfRequest = async (
  db: Queryable,
  now: Date,
  requestId: string,
): Promise<IdentityChangeRow | undefined> =>
  (await db.query<IdentityChangeRow>(`${CHANGE} where c.request_id = $2::uuid`, [now, requestId])).rows[0]

/** Newest first, by key. */
export const listChanges = async (
  db: Queryable,
  now: Date,
  filter: {
    state?: ProposalState | undefined
    personId?: string | undefined
    matterId?: string | undefined
    beforeId?: string | null
    limit: number
  },
): Promise<IdentityChangeRow[]> =>
  (
    await db.query<IdentityChangeRow>(
      `${CHANGE} where ($2::bigint is null or c.change_id < $2::bigint)
         and ($3::text is null or $3::text = ${stateNow('c', '$1')})
         and ($4::bigint is null or $4::bigint in (c.person_id, c.other_person_id))
         and ($5::bigint is null or c.matter_id = $5::bigint)
       order by c.change_id desc limit $6::int`,
      [
        now,
        filter.beforeId ?? null,
        filter.state ?? null,
        filter.personId ?? null,
        filter.matterId ?? null,
        filter.limit,
      ],
    )
  ).rows

export interface NewChange {
  kind: IdentityChangeKind
  personId: string
  otherPersonId: string | null
  matterId: string | null
  absence: Absence | null
  document: string | null
  reason: string
  proposedBy: string
  proposedAt: Date
  expiresAt: Date
  requestId: string
}

/** @returns the id; undefined where this request was made before */
export const insertChange = async (
  tx: Transaction,
  encryption: Pick<FieldEncryption, 'encrypt'>,
  change: NewChange,
): Promise<string | undefined> => {
  const changeId = await takeId(tx, 'identity_changes', 'change_id')
  const place = inRow('identity_changes.document', changeId)
  return (
    await tx.query<{ change_id: string }>(
      `insert into identity_changes (kind, person_id, other_person_id, matter_id, absence, document_encrypted, reason, proposed_by,
         proposed_at, expires_at, request_id, change_id) overriding system value
       values ($1::text, $2::bigint, $3::bigint, $4::bigint, $5::text, $6::bytea, $7::text, $8::bigint, $9::timestamptz, $10::timestamptz, $11::uuid, $12::bigint)
       on conflict (request_id) do nothing returning change_id`,
      [
        change.kind,
        change.personId,
        change.otherPersonId,
        change.matterId,
        change.absence,
        change.document === null ? null : encryption.encrypt(change.document, place),
        change.reason,
        change.proposedBy,
        change.proposedAt,
        change.expiresAt,
        change.requestId,
        changeId,
      ],
    )
  ).rows[0]?.change_id
}

/** One about this person that ran out makes room for another one. */
export const expireOverdue = async (tx: Transaction, personId: string, now: Date): Promise<void> => {
  await tx.query(
    `update identity_changes set state = 'expired', document_encrypted = null
     where state = 'open' and expires_at <= $2::timestamptz and person_id = $1::bigint`,
    [personId, now],
  )
}

export const closeChange = async (
  tx: Transaction,
  changeId: string,
  end: {
    state: 'approved' | 'rejected' | 'withdrawn'
    decidedBy: string | null
    at: Date
    reason: string
    alarms: readonly DecisionAlarm[]
  },
): Promise<void> => {
  await tx.query(
    `update identity_changes set state = $2::text, decided_by = $3::bigint, decided_at = $4::timestamptz, decision_reason = $5::text,
       alarms = $6::text[], document_encrypted = null where change_id = $1::bigint`,
    [changeId, end.state, end.decidedBy, end.at, end.reason, end.alarms],
  )
}

/** Whoever has somebody on their phone: the person's own account, and those that look after them. */
export const listAccountsOfPerson = async (db: Queryable, personId: string): Promise<string[]> =>
  (
    await db.query<{ account_id: string }>(
      `select account_id from accounts where person_id = $1::bigint
       union select account_id from members where person_id = $1::bigint and removed_at is null`,
      [personId],
    )
  ).rows.map(({ account_id }) => account_id)
