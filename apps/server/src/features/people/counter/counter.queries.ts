import type { DecisionAlarm, ProposalState } from '@jiankangbao/domain/vocabulary/approval'
import type {
  AuthorityAnswer,
  CounterActKind,
  CounterCause,
  ElderRelation,
  SeenDocument,
} from '@jiankangbao/domain/vocabulary/people'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import type { Position } from '../../../http/paging.ts'
import { stateNow } from '../../approval/second-person/open-matter.ts'

interface CounterAct {
  act_id: string
  kind: CounterActKind
  cause: CounterCause
  seen: SeenDocument
  evidence: string
  authority: AuthorityAnswer
  document_index: Buffer
  document_type: DocumentType
  name_masked: string
  identity_encrypted: Buffer | null
  guardian_encrypted: Buffer | null
  holder_person_id: string | null
  relation: ElderRelation | null
  person_id: string | null
  division_code: string
  proposed_by: string
  proposed_at: Date
  expires_at: Date
  request_id: string
}

export interface CounterActRow extends CounterAct {
  state: ProposalState
  holder_name_masked: string | null
  has_account: boolean
  doubted: boolean
  proposer_name: string
  decider_name: string | null
  decided_at: Date | null
  decision_reason: string | null
  alarms: DecisionAlarm[]
}

const ACT = `select c.act_id, c.kind, c.cause, c.seen, c.evidence, c.authority, c.document_index, c.document_type, c.name_masked,
    c.identity_encrypted, c.guardian_encrypted, c.holder_person_id, c.relation, c.person_id, c.division_code, c.proposed_by, c.proposed_at,
    c.expires_at, c.request_id,
    ${stateNow('c', '$1')} as state,
    h.name_masked as holder_name_masked, o.display_name as proposer_name, x.display_name as decider_name, c.decided_at,
    c.decision_reason, c.alarms,
    exists (select from accounts a where a.person_id = c.person_id) as has_account,
    exists (select from person_doubts d where d.second_person_id = c.person_id) as doubted
  from counter_acts c
  join operators o on o.operator_id = c.proposed_by
  left join operators x on x.operator_id = c.decided_by
  left join persons h on h.person_id = c.holder_person_id`

export const findActOfRequest = async (
  db: Queryable,
  now: Date,
  requestId: string,
): Promise<CounterActRow | undefined> =>
  (await db.query<CounterActRow>(`${ACT} where c.request_id = $2::uuid`, [now, requestId])).rows[0]

/** The act, where its division begins with `prefix`. */
export const findAct = async (
  db: Queryable,
  now: Date,
  prefix: string,
  actId: string,
): Promise<CounterActRow | undefined> =>
  (
    await db.query<CounterActRow>(
      `${ACT} where c.act_id = $3::uuid and starts_with(c.division_code, $2::text)`,
      [now, prefix, actId],
    )
  ).rows[0]

/** Held until commit: of several decisions the first one counts. */
export const lockAct = async (
  tx: Transaction,
  now: Date,
  prefix: string,
  actId: string,
): Promise<CounterActRow | undefined> =>
  (
    await tx.query<CounterActRow>(
      `${ACT} where c.act_id = $3::uuid and starts_with(c.division_code, $2::text) for update of c`,
      [now, prefix, actId],
    )
  ).rows[0]

/** Of a division and those below it, newest first. */
export const listActs = async (
  db: Queryable,
  now: Date,
  filter: {
    prefix: string
    state?: ProposalState | undefined
    after?: Position | undefined
    limit: number
  },
): Promise<CounterActRow[]> =>
  (
    await db.query<CounterActRow>(
      `${ACT} where c.division_code like $2::text || '%'
         and ($3::text is null or $3::text = ${stateNow('c', '$1')})
         and ($4::timestamptz is null or (c.proposed_at, c.act_id) < ($4::timestamptz, $5::uuid))
       order by c.proposed_at desc, c.act_id desc limit $6::int`,
      [
        now,
        filter.prefix,
        filter.state ?? null,
        filter.after?.at ?? null,
        filter.after?.id ?? null,
        filter.limit,
      ],
    )
  ).rows

export const insertAct = async (tx: Transaction, act: CounterAct): Promise<void> => {
  await tx.query(
    `insert into counter_acts (act_id, kind, cause, seen, evidence, authority, document_index, document_type, name_masked,
       identity_encrypted, guardian_encrypted, holder_person_id, relation, person_id, division_code, proposed_by, proposed_at, expires_at,
       request_id)
     values ($1::uuid, $2::text, $3::text, $4::text, $5::text, $6::text, $7::bytea, $8::text, $9::text, $10::bytea, $11::bytea, $12::bigint,
       $13::text, $14::bigint, $15::text, $16::bigint, $17::timestamptz, $18::timestamptz, $19::uuid)`,
    [
      act.act_id,
      act.kind,
      act.cause,
      act.seen,
      act.evidence,
      act.authority,
      act.document_index,
      act.document_type,
      act.name_masked,
      act.identity_encrypted,
      act.guardian_encrypted,
      act.holder_person_id,
      act.relation,
      act.person_id,
      act.division_code,
      act.proposed_by,
      act.proposed_at,
      act.expires_at,
      act.request_id,
    ],
  )
}

/** One about this document that ran out makes room for another one. */
export const expireActsOf = async (tx: Transaction, documentIndex: Buffer, now: Date): Promise<void> => {
  await tx.query(
    `update counter_acts set state = 'expired', identity_encrypted = null, guardian_encrypted = null
     where state = 'open' and expires_at <= $2::timestamptz and document_index = $1::bytea`,
    [documentIndex, now],
  )
}

/** Name and number go with the decision: from then on they stand with the person alone. Who answers for a child stays. */
export const closeAct = async (
  tx: Transaction,
  actId: string,
  end: {
    state: 'approved' | 'rejected' | 'withdrawn'
    personId: string | null
    decidedBy: string | null
    at: Date
    reason: string
    alarms: readonly DecisionAlarm[]
  },
): Promise<void> => {
  await tx.query(
    `update counter_acts set state = $2::text, person_id = $3::bigint, decided_by = $4::bigint, decided_at = $5::timestamptz,
       decision_reason = $6::text, alarms = $7::text[], identity_encrypted = null,
       guardian_encrypted = case when $2::text = 'approved' then guardian_encrypted end where act_id = $1::uuid`,
    [actId, end.state, end.personId, end.decidedBy, end.at, end.reason, end.alarms],
  )
}
