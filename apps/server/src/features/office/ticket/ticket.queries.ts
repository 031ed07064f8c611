import type {
  TicketChannel,
  TicketClosing,
  TicketKind,
  TicketState,
  TicketStep,
} from '@jiankangbao/domain/ticket/ticket'
import type { AppealState } from '@jiankangbao/domain/vocabulary/appeals'
import type { Relation } from '@jiankangbao/domain/vocabulary/people'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'
import type { Position } from '../../../http/paging.ts'

export interface TicketRow {
  ticket_id: string
  number: string
  kind: TicketKind
  channel: TicketChannel
  account_id: string | null
  person_id: string | null
  name_masked: string | null
  /** Of whom in the author's care it is; the person is theirs then. */
  member_id: string | null
  relation: Relation | null
  author_masked: string | null
  statement_encrypted: Buffer
  form_encrypted: Buffer
  caller_name_encrypted: Buffer | null
  phone_encrypted: Buffer
  phone_index: Buffer
  division_code: string
  division_name: string
  assigned_code: string | null
  assigned_name: string | null
  state: TicketState
  submitted_at: Date
  signed_by: string | null
  signer_name: string | null
  returns: number
  settled: boolean
  rounds: number
  clock_from: Date | null
  due_at: Date | null
  paused: boolean
  answer_encrypted: Buffer | null
  closed_at: Date | null
  closing: TicketClosing | null
  pictures: number
  merged_into: string | null
  merged_into_number: string | null
  merged: boolean
  merge_paused: boolean
  appeal_id: string | null
  appeal_state: AppealState | null
  appealing: boolean
}

export interface EntryRow {
  entry_id: string
  ticket_id: string
  at: Date
  step: TicketStep
  office: string | null
  operator_name: string | null
  text_encrypted: Buffer | null
  to_name: string | null
}

const TICKET = `select t.ticket_id, t.number, t.kind, t.channel, t.account_id, t.person_id, p.name_masked, t.member_id, k.relation,
    h.name_masked as author_masked, t.statement_encrypted,
    t.form_encrypted, t.caller_name_encrypted, t.phone_encrypted, t.phone_index, t.division_code, d.name as division_name,
    t.assigned_code, a.name as assigned_name, t.state, t.submitted_at, t.signed_by, o.display_name as signer_name, t.returns,
    t.settled, t.rounds, t.clock_from, t.due_at, t.answer_encrypted, t.closed_at, t.closing,
    t.state = 'signed' and exists (select from ticket_pauses u where u.ticket_id = t.ticket_id and u.to_at is null) as paused,
    (select count(*)::int from ticket_pictures i where i.ticket_id = t.ticket_id) as pictures,
    t.merged_into, m.number as merged_into_number, t.merged_into is not null as merged, t.merge_paused, t.appeal_id,
    e.state as appeal_state, coalesce(e.state in ('submitted', 'in_progress', 'proposed'), false) as appealing
  from tickets t join divisions d on d.code = t.division_code left join divisions a on a.code = t.assigned_code
  left join persons p on p.person_id = t.person_id left join operators o on o.operator_id = t.signed_by
  left join members k on k.member_id = t.member_id
  left join accounts w on w.account_id = t.account_id and t.member_id is not null left join persons h on h.person_id = w.person_id
  left join tickets m on m.ticket_id = t.merged_into left join appeals e on e.appeal_id = t.appeal_id`

export interface NewTicketRow {
  ticketId: string
  kind: TicketKind
  channel: TicketChannel
  accountId: string | null
  personId: string | null
  memberId: string | null
  madeBy: string | null
  requestId: string
  statement: Buffer
  form: Buffer
  callerName: Buffer | null
  phone: Buffer
  phoneIndex: Buffer
  divisionCode: string
  at: Date
}

/** @returns false where this request was sent before */
export const insertTicket = async (tx: Transaction, row: NewTicketRow): Promise<boolean> =>
  (
    await tx.query(
      `insert into tickets (ticket_id, number, kind, channel, account_id, person_id, made_by, request_id, statement_encrypted,
         form_encrypted, caller_name_encrypted, phone_encrypted, phone_index, division_code, state, submitted_at, member_id)
       values ($1::uuid, to_char($14::timestamptz at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || nextval('ticket_numbers'),
         $2::text, $3::text, $4::bigint, $5::bigint, $6::bigint, $7::uuid, $8::bytea, $9::bytea, $10::bytea, $11::bytea, $12::bytea,
         $13::text, 'new', $14::timestamptz, $15::uuid)
       on conflict do nothing`,
      [
        row.ticketId,
        row.kind,
        row.channel,
        row.accountId,
        row.personId,
        row.madeBy,
        row.requestId,
        row.statement,
        row.form,
        row.callerName,
        row.phone,
        row.phoneIndex,
        row.divisionCode,
        row.at,
        row.memberId,
      ],
    )
  ).rowCount === 1

export const insertPicture = async (
  tx: Transaction,
  ticketId: string,
  picture: { number: number; content: Buffer },
): Promise<void> => {
  await tx.query(
    `insert into ticket_pictures (ticket_id, number, media_type, content_encrypted)
     values ($1::uuid, $2::smallint, 'image/jpeg', $3::bytea)`,
    [ticketId, picture.number, picture.content],
  )
}

/** @returns false where this request was sent before */
export const insertEntry = async (
  tx: Transaction,
  entry: {
    ticketId: string
    at: Date
    step: TicketStep
    operatorId?: string | undefined
    text?: ((entryId: string) => Buffer) | undefined
    from?: string | null | undefined
    to?: string | undefined
    requestId?: string | undefined
  },
): Promise<boolean> => {
  const entryId = await takeId(tx, 'ticket_entries', 'entry_id')
  const { rowCount } = await tx.query(
    `insert into ticket_entries (entry_id, ticket_id, at, step, operator_id, text_encrypted, from_code, to_code, request_id)
     overriding system value
     values ($1::bigint, $2::uuid, $3::timestamptz, $4::text, $5::bigint, $6::bytea, $7::text, $8::text, $9::uuid)
     on conflict (ticket_id, request_id) do nothing`,
    [
      entryId,
      entry.ticketId,
      entry.at,
      entry.step,
      entry.operatorId ?? null,
      entry.text?.(entryId) ?? null,
      entry.from ?? null,
      entry.to ?? null,
      entry.requestId ?? null,
    ],
  )
  return rowCount === 1
}

export const findTicket = async (db: Queryable, ticketId: string): Promise<TicketRow | undefined> =>
  (await db.query<TicketRow>(`${TICKET} where t.ticket_id = $1::uuid`, [ticketId])).rows[0]

/** Held until commit, and read after it is held. */
export const lockTicket = async (tx: Transaction, ticketId: string): Promise<TicketRow | undefined> => {
  await tx.query('select from tickets where ticket_id = $1::uuid for update', [ticketId])
  return findTicket(tx, ticketId)
}

export const findTicketOfRequest = async (
  db: Queryable,
  by: { accountId?: string; operatorId?: string; requestId: string },
): Promise<TicketRow | undefined> =>
  (
    await db.query<TicketRow>(
      `${TICKET} where t.request_id = $3::uuid and (t.account_id = $1::bigint and t.made_by is null or t.made_by = $2::bigint)`,
      [by.accountId ?? null, by.operatorId ?? null, by.requestId],
    )
  ).rows[0]

export const listTicketsOfAccount = async (db: Queryable, accountId: string): Promise<TicketRow[]> =>
  (
    await db.query<TicketRow>(
      `${TICKET} where t.account_id = $1::bigint order by t.submitted_at desc, t.ticket_id limit 50`,
      [accountId],
    )
  ).rows

export const listTicketsOfPersons = async (db: Queryable, personIds: string[]): Promise<TicketRow[]> =>
  (
    await db.query<TicketRow>(
      `${TICKET} where t.person_id = any($1::bigint[]) order by t.submitted_at desc, t.ticket_id limit 50`,
      [personIds],
    )
  ).rows

export const listTicketsOfPhone = async (
  db: Queryable,
  phoneIndex: Buffer,
  divisionPrefix: string,
): Promise<TicketRow[]> =>
  (
    await db.query<TicketRow>(
      `${TICKET} where t.phone_index = $1::bytea and t.division_code like $2::text || '%'
       order by t.submitted_at desc, t.ticket_id limit 50`,
      [phoneIndex, divisionPrefix],
    )
  ).rows

export const listTickets = async (
  db: Queryable,
  filter: {
    divisionPrefix: string
    /** Also what no office has been given. */
    wide: boolean
    state: TicketState | null
    kind: TicketKind | null
    signedBy: string | null
    overdueAt: Date | null
    oldestFirst: boolean
    after: Position | undefined
    limit: number
  },
): Promise<TicketRow[]> => {
  const [beyond, order] = filter.oldestFirst ? ['>', 'asc'] : ['<', 'desc']
  const { rows } = await db.query<TicketRow>(
    `${TICKET} where (t.assigned_code like $1::text || '%' or $2::boolean and t.division_code like $1::text || '%')
       and ($3::text is null or t.state = $3::text) and ($4::text is null or t.kind = $4::text)
       and ($5::bigint is null or t.signed_by = $5::bigint)
       and ($6::timestamptz is null or t.due_at < $6::timestamptz and t.state not in ('answered', 'closed'))
       and t.merged_into is null
       and ($7::timestamptz is null
         or (date_trunc('milliseconds', t.submitted_at), t.ticket_id) ${beyond} ($7::timestamptz, $8::uuid))
     order by date_trunc('milliseconds', t.submitted_at) ${order}, t.ticket_id ${order} limit $9::int`,
    [
      filter.divisionPrefix,
      filter.wide,
      filter.state,
      filter.kind,
      filter.signedBy,
      filter.overdueAt,
      filter.after?.at ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  )
  return rows
}

/** Of the same human, or of the same number where nobody registered it. */
export const listRelated = async (
  db: Queryable,
  { ticket_id, phone_index }: TicketRow,
  personIds: string[],
): Promise<TicketRow[]> =>
  (
    await db.query<TicketRow>(
      `${TICKET} where t.ticket_id <> $1::uuid
         and (t.person_id = any($2::bigint[]) or cardinality($2::bigint[]) = 0 and t.person_id is null and t.phone_index = $3::bytea)
       order by t.submitted_at desc, t.ticket_id limit 50`,
      [ticket_id, personIds, phone_index],
    )
  ).rows

/** What is worked on with these. */
export const listMerged = async (db: Queryable, ticketIds: string[]): Promise<TicketRow[]> =>
  (
    await db.query<TicketRow>(
      `${TICKET} where t.merged_into = any($1::uuid[]) order by t.submitted_at, t.ticket_id`,
      [ticketIds],
    )
  ).rows

export const listEntries = async (db: Queryable, ticketIds: string[]): Promise<EntryRow[]> =>
  (
    await db.query<EntryRow>(
      `select e.entry_id, e.ticket_id, e.at, e.step, o.organisation as office, o.display_name as operator_name, e.text_encrypted,
         d.name as to_name
       from ticket_entries e left join operators o on o.operator_id = e.operator_id left join divisions d on d.code = e.to_code
       where e.ticket_id = any($1::uuid[]) order by e.entry_id`,
      [ticketIds],
    )
  ).rows

export const findPicture = async (
  db: Queryable,
  ticketId: string,
  number: number,
): Promise<{ media_type: 'image/jpeg' | 'image/png'; content_encrypted: Buffer } | undefined> =>
  (
    await db.query<{ media_type: 'image/jpeg' | 'image/png'; content_encrypted: Buffer }>(
      `select media_type, content_encrypted from ticket_pictures where ticket_id = $1::uuid and number = $2::smallint`,
      [ticketId, number],
    )
  ).rows[0]

/** The account that has a number now, and its person. */
export const findAccountOfPhone = async (
  db: Queryable,
  phoneIndex: Buffer,
): Promise<{ account_id: string; person_id: string | null } | undefined> =>
  (
    await db.query<{ account_id: string; person_id: string | null }>(
      'select account_id, person_id from accounts where phone_index = $1::bytea and number_left_at is null',
      [phoneIndex],
    )
  ).rows[0]

export const findAccount = async (
  db: Queryable,
  accountId: string,
): Promise<{ person_id: string | null } | undefined> =>
  (
    await db.query<{ person_id: string | null }>(
      'select person_id from accounts where account_id = $1::bigint',
      [accountId],
    )
  ).rows[0]
