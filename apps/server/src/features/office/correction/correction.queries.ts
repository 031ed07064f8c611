import type { CorrectedField, maskData } from '@jiankangbao/domain/ticket/correction'
import type { ProposalState } from '@jiankangbao/domain/vocabulary/approval'
import type { AuthorityAnswer } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface CorrectionRow {
  correction_id: string
  change_id: string
  person_id: string
  fields: CorrectedField[]
  before: ReturnType<typeof maskData>
  after: ReturnType<typeof maskData>
  authority: AuthorityAnswer
  evidence: string
  made_at: Date
  maker_name: string
  state: ProposalState
  decided_at: Date | null
  decider_name: string | null
  decision_reason: string | null
}

// What became of it stands with the change of identity, and nowhere else.
const CORRECTION = `select k.correction_id, k.change_id, k.person_id, k.fields, k.before, k.after, k.authority, c.reason as evidence, k.made_at,
    o.display_name as maker_name, case when c.state = 'open' and c.expires_at <= $1::timestamptz then 'expired' else c.state end as state,
    c.decided_at, x.display_name as decider_name, c.decision_reason
  from corrections k join identity_changes c using (change_id) join operators o on o.operator_id = k.made_by
  left join operators x on x.operator_id = c.decided_by`

export const insertCorrection = async (
  tx: Transaction,
  row: Pick<CorrectionRow, 'correction_id' | 'change_id' | 'fields' | 'before' | 'after' | 'authority'> & {
    personId: string
    ticketId: string | null
    madeBy: string
    at: Date
  },
): Promise<void> => {
  await tx.query(
    `insert into corrections (correction_id, change_id, person_id, ticket_id, fields, before, after, authority, made_by, made_at)
     values ($1::uuid, $2::bigint, $3::bigint, $4::uuid, $5::text[], $6::jsonb, $7::jsonb, $8::text, $9::bigint, $10::timestamptz)`,
    [
      row.correction_id,
      row.change_id,
      row.personId,
      row.ticketId,
      row.fields,
      JSON.stringify(row.before),
      JSON.stringify(row.after),
      row.authority,
      row.madeBy,
      row.at,
    ],
  )
}

export const findCorrectionOfChange = async (
  db: Queryable,
  now: Date,
  changeId: string,
): Promise<CorrectionRow | undefined> =>
  (await db.query<CorrectionRow>(`${CORRECTION} where k.change_id = $2::bigint`, [now, changeId])).rows[0]

export const listCorrectionsOfTicket = async (
  db: Queryable,
  now: Date,
  ticketId: string,
): Promise<CorrectionRow[]> =>
  (
    await db.query<CorrectionRow>(
      `${CORRECTION} where k.ticket_id in (
         select ticket_id from tickets where ticket_id = $2::uuid or merged_into = $2::uuid) order by k.made_at desc limit 20`,
      [now, ticketId],
    )
  ).rows

export const listCorrectionsOfPersons = async (
  db: Queryable,
  now: Date,
  personIds: string[],
): Promise<CorrectionRow[]> =>
  (
    await db.query<CorrectionRow>(
      `${CORRECTION} where k.person_id = any($2::bigint[]) order by k.made_at desc limit 20`,
      [now, personIds],
    )
  ).rows

/** Of the account holder, and of those whom they look after. */
/** Of the account's person, and of everybody in their care. */
export const listCorrectionsOfAccount = async (
  db: Queryable,
  now: Date,
  accountId: string,
): Promise<CorrectionRow[]> =>
  (
    await db.query<CorrectionRow>(
      `${CORRECTION} where k.person_id in (
         select person_id from accounts where account_id = $2::bigint
         union select person_id from members where account_id = $2::bigint and removed_at is null) order by k.made_at desc limit 20`,
      [now, accountId],
    )
  ).rows
