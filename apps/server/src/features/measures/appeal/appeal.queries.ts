import type { AppealState } from '@jiankangbao/contracts/appeal/schemas'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'
import type { Position } from '../../../http/paging.ts'

export interface AppealRow {
  appeal_id: string
  account_id: string
  person_id: string
  member_id: string | null
  name_masked: string
  category: string
  state: AppealState
  statement_encrypted: Buffer
  contact_phone_encrypted: Buffer
  division_code: string
  division_name: string
  submitted_at: Date
  handled_by: string | null
  handler_name: string | null
  proposal_id: string | null
  answer_encrypted: Buffer | null
  pictures: number
  /** The last it was handed on, it went up to headquarters. */
  escalated: boolean
}

export interface StepRow {
  step_id: string
  appeal_id: string
  at: Date
  step: string
  office: string | null
  operator_name: string | null
  note_encrypted: Buffer | null
}

const ESCALATED = `coalesce((select s.step = 'escalated' from appeal_steps s
    where s.appeal_id = a.appeal_id and s.step in ('escalated', 'handed_over') order by s.step_id desc limit 1), false)`

const COLUMNS = `
  a.appeal_id, a.account_id, a.person_id, p.name_masked, a.category, a.state, a.statement_encrypted, a.contact_phone_encrypted,
  a.division_code, d.name as division_name, a.submitted_at, a.handled_by, o.display_name as handler_name, a.proposal_id,
  a.answer_encrypted,
  (select m.member_id from members m where m.account_id = a.account_id and m.person_id = a.person_id order by m.added_at desc limit 1)
    as member_id,
  (select count(*)::int from appeal_pictures i where i.appeal_id = a.appeal_id) as pictures,
  ${ESCALATED} as escalated
from appeals a join persons p using (person_id) join divisions d on d.code = a.division_code
left join operators o on o.operator_id = a.handled_by`

export interface NewAppealRow {
  appealId: string
  accountId: string
  personId: string
  requestId: string
  category: string
  statement: Buffer
  contactPhone: Buffer
  divisionCode: string
  at: Date
}

/** @returns false where the account sent this request before, or the person has an open appeal against this reason */
export const insertAppeal = async (tx: Transaction, row: NewAppealRow): Promise<boolean> =>
  (
    await tx.query(
      `insert into appeals (appeal_id, account_id, person_id, request_id, category, statement_encrypted, contact_phone_encrypted,
         division_code, state, submitted_at)
       values ($1::uuid, $2::bigint, $3::bigint, $4::uuid, $5::text, $6::bytea, $7::bytea, $8::text, 'submitted', $9::timestamptz)
       on conflict do nothing`,
      [
        row.appealId,
        row.accountId,
        row.personId,
        row.requestId,
        row.category,
        row.statement,
        row.contactPhone,
        row.divisionCode,
        row.at,
      ],
    )
  ).rowCount === 1

export const insertPicture = async (
  tx: Transaction,
  appealId: string,
  picture: { number: number; mediaType: string; content: Buffer },
): Promise<void> => {
  await tx.query(
    `insert into appeal_pictures (appeal_id, number, media_type, content_encrypted)
     values ($1::uuid, $2::smallint, $3::text, $4::bytea)`,
    [appealId, picture.number, picture.mediaType, picture.content],
  )
}

export const insertStep = async (
  tx: Transaction,
  step: { appealId: string; at: Date; step: string; operatorId?: string; note?: (stepId: string) => Buffer },
): Promise<void> => {
  const stepId = await takeId(tx, 'appeal_steps', 'step_id')
  await tx.query(
    `insert into appeal_steps (step_id, appeal_id, at, step, operator_id, note_encrypted) overriding system value
     values ($1::bigint, $2::uuid, $3::timestamptz, $4::text, $5::bigint, $6::bytea)`,
    [stepId, step.appealId, step.at, step.step, step.operatorId ?? null, step.note?.(stepId) ?? null],
  )
}

export const findAppealOfRequest = async (
  db: Queryable,
  accountId: string,
  requestId: string,
): Promise<AppealRow | undefined> =>
  (
    await db.query<AppealRow>(
      `select ${COLUMNS} where a.account_id = $1::bigint and a.request_id = $2::uuid`,
      [accountId, requestId],
    )
  ).rows[0]

export const findAppeal = async (db: Queryable, appealId: string): Promise<AppealRow | undefined> =>
  (await db.query<AppealRow>(`select ${COLUMNS} where a.appeal_id = $1::uuid`, [appealId])).rows[0]

/**
 * The same, held until the transaction ends. Read after it is held: a statement that waits for the row keeps the division it
 * joined before, and finds nothing where the appeal was handed on meanwhile.
 */
export const lockAppeal = async (tx: Transaction, appealId: string): Promise<AppealRow | undefined> => {
  await tx.query('select from appeals where appeal_id = $1::uuid for update', [appealId])
  return findAppeal(tx, appealId)
}

export const lockAppealOfProposal = async (
  tx: Transaction,
  proposalId: string,
): Promise<AppealRow | undefined> => {
  const { rows } = await tx.query<{ appeal_id: string }>(
    'select appeal_id from appeals where proposal_id = $1::bigint for update',
    [proposalId],
  )
  return rows[0] && findAppeal(tx, rows[0].appeal_id)
}

export const listAppealsOfAccount = async (db: Queryable, accountId: string): Promise<AppealRow[]> =>
  (
    await db.query<AppealRow>(
      `select ${COLUMNS} where a.account_id = $1::bigint order by a.submitted_at desc, a.appeal_id limit 50`,
      [accountId],
    )
  ).rows

export const listAppealsOfPersons = async (
  db: Queryable,
  personIds: string[],
  divisionPrefix: string,
): Promise<AppealRow[]> =>
  (
    await db.query<AppealRow>(
      `select ${COLUMNS} where a.person_id = any($1::bigint[]) and a.division_code like $2::text || '%'
       order by a.submitted_at desc, a.appeal_id limit 20`,
      [personIds, divisionPrefix],
    )
  ).rows

export const listSteps = async (db: Queryable, appealIds: string[]): Promise<StepRow[]> =>
  (
    await db.query<StepRow>(
      `select s.step_id, s.appeal_id, s.at, s.step, o.organisation as office, o.display_name as operator_name, s.note_encrypted
       from appeal_steps s left join operators o on o.operator_id = s.operator_id
       where s.appeal_id = any($1::uuid[]) order by s.step_id`,
      [appealIds],
    )
  ).rows

export const listAppeals = async (
  db: Queryable,
  filter: {
    divisionPrefix: string
    state: AppealState | null
    handledBy: string | null
    escalated: boolean | null
    oldestFirst: boolean
    after: Position | undefined
    limit: number
  },
): Promise<AppealRow[]> => {
  const [beyond, order] = filter.oldestFirst ? ['>', 'asc'] : ['<', 'desc']
  const { rows } = await db.query<AppealRow>(
    `select ${COLUMNS}
       where a.division_code like $1::text || '%' and ($2::text is null or a.state = $2::text)
         and ($3::bigint is null or a.handled_by = $3::bigint)
         and ($7::boolean is null or ${ESCALATED} = $7::boolean)
         and ($4::timestamptz is null or (date_trunc('milliseconds', a.submitted_at), a.appeal_id) ${beyond} ($4::timestamptz, $5::uuid))
       order by date_trunc('milliseconds', a.submitted_at) ${order}, a.appeal_id ${order} limit $6::int`,
    [
      filter.divisionPrefix,
      filter.state,
      filter.handledBy,
      filter.after?.at ?? null,
      filter.after?.id ?? null,
      filter.limit,
      filter.escalated,
    ],
  )
  return rows
}

export const findPicture = async (
  db: Queryable,
  appealId: string,
  number: number,
): Promise<{ media_type: 'image/jpeg' | 'image/png'; content_encrypted: Buffer } | undefined> =>
  (
    await db.query<{ media_type: 'image/jpeg' | 'image/png'; content_encrypted: Buffer }>(
      `select media_type, content_encrypted from appeal_pictures where appeal_id = $1::uuid and number = $2::smallint`,
      [appealId, number],
    )
  ).rows[0]

/** Whether the person's colour has this reason now, and whether it may be appealed against. */
export const findReason = async (
  db: Queryable,
  personId: string,
  category: string,
): Promise<{ appealable: boolean } | undefined> =>
  (
    await db.query<{ appealable: boolean }>(
      `select bool_or(coalesce((r ->> 'appealable')::boolean, false)) as appealable
       from status_current s cross join jsonb_array_elements(s.reasons) as r
       where s.person_id = $1::bigint and r ->> 'category' = $2::text having count(*) > 0`,
      [personId, category],
    )
  ).rows[0]

/** Whether an appeal against this reason is open already, other than this very request. */
export const hasOpenAppeal = async (
  db: Queryable,
  appeal: { personId: string; category: string; accountId: string; requestId: string },
): Promise<boolean> =>
  (
    await db.query(
      `select from appeals where person_id = $1::bigint and category = $2::text and ended_at is null
         and (account_id, request_id) is distinct from ($3::bigint, $4::uuid)`,
      [appeal.personId, appeal.category, appeal.accountId, appeal.requestId],
    )
  ).rowCount !== 0

/** Changes what is given; the rest stays. */
export const updateAppeal = async (
  tx: Transaction,
  appealId: string,
  change: {
    state?: AppealState
    handledBy?: string | null
    divisionCode?: string
    proposalId?: string | null
    answer?: Buffer
    endedAt?: Date
  },
): Promise<void> => {
  await tx.query(
    `update appeals set state = coalesce($2::text, state), division_code = coalesce($3::text, division_code),
       handled_by = case when $4::boolean then $5::bigint else handled_by end,
       proposal_id = case when $6::boolean then $7::bigint else proposal_id end,
       answer_encrypted = coalesce($8::bytea, answer_encrypted), ended_at = coalesce($9::timestamptz, ended_at)
     where appeal_id = $1::uuid`,
    [
      appealId,
      change.state ?? null,
      change.divisionCode ?? null,
      'handledBy' in change,
      change.handledBy ?? null,
      'proposalId' in change,
      change.proposalId ?? null,
      change.answer ?? null,
      change.endedAt ?? null,
    ],
  )
}

/** Appeals whose proposal ended without a decision. */
export const listLapsed = async (tx: Transaction): Promise<{ appeal_id: string; account_id: string }[]> =>
  (
    await tx.query<{ appeal_id: string; account_id: string }>(
      `select a.appeal_id, a.account_id from appeals a join proposals p using (proposal_id)
       where a.state = 'proposed' and p.state not in ('open', 'approved', 'rejected') for update of a`,
    )
  ).rows

export interface DeletedAppeals {
  count: number
  from: Date
  to: Date
  hash: string
}

/**
 * Deletes the next appeals that ended before. The hash is over one line an appeal, `<id>:<state>:<end in seconds>:<SHA-256
 * of the stored statement>`, in the order of the ids.
 */
export const deleteEndedBefore = async (
  tx: Transaction,
  before: Date,
  limit: number,
): Promise<DeletedAppeals | undefined> =>
  (
    await tx.query<DeletedAppeals>(
      `with gone as (
         delete from appeals where appeal_id in (
           select appeal_id from appeals where ended_at < $1::timestamptz order by ended_at limit $2::int)
         returning appeal_id, state, ended_at, statement_encrypted
       )
       select count(*)::int as count, min(ended_at) as "from", max(ended_at) as "to",
         encode(sha256(convert_to(string_agg(appeal_id || ':' || state || ':' || extract(epoch from ended_at) || ':' ||
           encode(sha256(statement_encrypted), 'hex'), E'\\n' order by appeal_id), 'UTF8')), 'hex') as hash
       from gone having count(*) > 0`,
      [before, limit],
    )
  ).rows[0]
