import type {
  FloodLimit,
  HeldPushState,
  LaboratoryAction,
  PushKind,
  TestKind,
  TestOutcome,
} from '@jiankangbao/domain/vocabulary/inflow'
import type { Queryable, Transaction } from '../../../db/pool.ts'

/** Two requests about one number of a laboratory go one after the other, also while the number is not there yet. */
export const lockNumbers = async (tx: Transaction, partnerId: string, numbers: string[]): Promise<void> => {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended($1::text || ':' || n, 9)) from unnest($2::text[]) n order by n`,
    [partnerId, numbers],
  )
}

/** Pushes of one partner that may turn people worse are counted one after the other. */
export const lockPartner = async (tx: Transaction, partnerId: string): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('partner flood ' || $1::text, 9))`, [
    partnerId,
  ])
}

/** The persons of these documents, by blind index in hexadecimal. */
export const findPersons = async (db: Queryable, indexes: Buffer[]): Promise<Map<string, string>> =>
  new Map(
    (
      await db.query<{ document_index: Buffer; person_id: string }>(
        `select document_index, person_id from identity_documents where document_index = any($1::bytea[])`,
        [indexes],
      )
    ).rows.map((row) => [row.document_index.toString('hex'), row.person_id]),
  )

/** Whom these numbers of a laboratory speak of now. */
export const findPersonsOfNumbers = async (
  db: Queryable,
  partnerId: string,
  numbers: string[],
): Promise<{ number: string; personId: string }[]> =>
  (
    await db.query<{ laboratory_number: string; person_id: string }>(
      `select laboratory_number, person_id from test_results
       where partner_id = $1::bigint and laboratory_number = any($2::text[]) and withdrawn_at is null`,
      [partnerId, numbers],
    )
  ).rows.map((row) => ({ number: row.laboratory_number, personId: row.person_id }))

/** What waits of a row, as it was read; instants as text. */
export interface HeldContent {
  action?: LaboratoryAction
  kind?: TestKind
  result?: TestOutcome
  sampledAt?: string
  reportedAt?: string
  colour?: number
  observedAt?: string
}

export interface WaitingRow {
  number: string | null
  content: HeldContent
  documentIndexes: Buffer[]
}

export const insertHeldPush = async (
  tx: Transaction,
  push: {
    partnerId: string
    batchId: string
    kind: PushKind
    heldFor: FloodLimit
    red: number
    yellow: number
    unregistered: number
    at: Date
  },
  rows: WaitingRow[],
): Promise<string> => {
  const made = await tx.query<{ held_push_id: string }>(
    `insert into held_pushes (partner_id, batch_id, kind, held_for, red, yellow, unregistered, held_at, alarmed_at)
     values ($1::bigint, $2::text, $3::text, $4::text, $5::int, $6::int, $7::int, $8::timestamptz, $8::timestamptz) returning held_push_id`,
    [
      push.partnerId,
      push.batchId,
      push.kind,
      push.heldFor,
      push.red,
      push.yellow,
      push.unregistered,
      push.at,
    ],
  )
  const heldPushId = made.rows[0]?.held_push_id ?? ''
  await tx.query(
    `insert into held_rows (held_push_id, partner_id, number, content, document_indexes)
     select $1::bigint, $2::bigint, number, content, array(select decode(i, 'hex') from jsonb_array_elements_text(indexes) i)
     from jsonb_to_recordset($3::jsonb) as r(number text, content jsonb, indexes jsonb)`,
    [
      heldPushId,
      push.partnerId,
      JSON.stringify(
        rows.map((row) => ({
          number: row.number,
          content: row.content,
          indexes: row.documentIndexes.map((index) => index.toString('hex')),
        })),
      ),
    ],
  )
  return heldPushId
}

/** Takes back what waits under these numbers. @returns what each of them was, and of which push */
export const supersedeRows = async (
  tx: Transaction,
  partnerId: string,
  numbers: string[],
): Promise<{ number: string; action: LaboratoryAction; heldPushId: string; documentIndexes: Buffer[] }[]> =>
  (
    await tx.query<{
      number: string
      action: LaboratoryAction
      held_push_id: string
      document_indexes: Buffer[]
    }>(
      `update held_rows set waiting = false where partner_id = $1::bigint and number = any($2::text[]) and waiting
       returning number, content ->> 'action' as action, held_push_id, document_indexes`,
      [partnerId, numbers],
    )
  ).rows.map((row) => ({
    number: row.number,
    action: row.action,
    heldPushId: row.held_push_id,
    documentIndexes: row.document_indexes,
  }))

export const listWaitingNumbers = async (
  db: Queryable,
  partnerId: string,
  numbers: string[],
): Promise<Map<string, LaboratoryAction>> =>
  new Map(
    (
      await db.query<{ number: string; action: LaboratoryAction }>(
        `select number, content ->> 'action' as action from held_rows
         where partner_id = $1::bigint and number = any($2::text[]) and waiting`,
        [partnerId, numbers],
      )
    ).rows.map((row) => [row.number, row.action]),
  )

/** Of these documents those that no row of the push speaks of any more. */
export const listFreed = async (
  tx: Transaction,
  heldPushId: string,
  documentIndexes: Buffer[],
): Promise<Buffer[]> =>
  (
    await tx.query<{ document_index: Buffer }>(
      `select d as document_index from unnest($2::bytea[]) d where not exists (
         select from held_rows where held_push_id = $1::bigint and waiting and document_indexes @> array[d])`,
      [heldPushId, documentIndexes],
    )
  ).rows.map((row) => row.document_index)

/** Ends a push of which the partner took back everything. */
export const endEmptyPush = async (tx: Transaction, heldPushId: string, at: Date): Promise<void> => {
  await tx.query(
    `update held_pushes p set state = 'withdrawn', closed_at = $2::timestamptz
     where held_push_id = $1::bigint and state = 'held' and not exists (
       select from held_rows r where r.held_push_id = p.held_push_id and r.waiting)`,
    [heldPushId, at],
  )
}

/** The pushes in which one of these documents waits. */
export const listPushesOf = async (db: Queryable, documentIndexes: Buffer[]): Promise<string[]> =>
  (
    await db.query<{ held_push_id: string }>(
      `select distinct held_push_id from held_rows where document_indexes && $1::bytea[] and waiting`,
      [documentIndexes],
    )
  ).rows.map((row) => row.held_push_id)

export interface HeldPushRow {
  held_push_id: string
  partner_id: string
  partner_name: string
  batch_id: string
  kind: PushKind
  held_for: FloodLimit
  red: number
  yellow: number
  unregistered: number
  held_at: Date
  state: HeldPushState
  closed_at: Date | null
  decided_by_name: string | null
  decision_reason: string | null
  row_count: number
  sample: { number: string | null; content: HeldContent; persons: number }[] | null
}

const SHOWN_ROWS = 8
const PUSH = `select p.*, l.name as partner_name, o.display_name as decided_by_name,
    (select count(*)::int from held_rows r where r.held_push_id = p.held_push_id) as row_count,
    (select jsonb_agg(jsonb_build_object('number', r.number, 'content', r.content, 'persons', cardinality(r.document_indexes)) order by r.held_row_id)
      from (select * from held_rows f where f.held_push_id = p.held_push_id order by f.held_row_id limit ${SHOWN_ROWS}) r) as sample
  from held_pushes p join partners l using (partner_id) left join operators o on o.operator_id = p.decided_by`

export const listPushes = async (
  db: Queryable,
  state: HeldPushState | null,
  page: { beforeId: string | null; limit: number },
): Promise<HeldPushRow[]> =>
  (
    await db.query<HeldPushRow>(
      `${PUSH} where ($1::text is null or p.state = $1::text) and ($2::bigint is null or p.held_push_id < $2::bigint)
       order by p.held_push_id desc limit $3::int`,
      [state, page.beforeId, page.limit],
    )
  ).rows

export const findPush = async (db: Queryable, heldPushId: string): Promise<HeldPushRow | undefined> =>
  (await db.query<HeldPushRow>(`${PUSH} where p.held_push_id = $1::bigint`, [heldPushId])).rows[0]

export const lockPush = async (tx: Transaction, heldPushId: string): Promise<HeldPushRow | undefined> => {
  await tx.query(`select 1 from held_pushes where held_push_id = $1::bigint for update`, [heldPushId])
  return findPush(tx, heldPushId)
}

export const listWaitingRows = async (db: Queryable, heldPushId: string): Promise<WaitingRow[]> =>
  (
    await db.query<{ number: string | null; content: HeldContent; document_indexes: Buffer[] }>(
      `select number, content, document_indexes from held_rows where held_push_id = $1::bigint and waiting order by held_row_id`,
      [heldPushId],
    )
  ).rows.map((row) => ({
    number: row.number,
    content: row.content,
    documentIndexes: row.document_indexes,
  }))

export const decidePush = async (
  tx: Transaction,
  heldPushId: string,
  by: { state: HeldPushState; operatorId: string; reason: string; at: Date },
): Promise<void> => {
  await tx.query(`update held_rows set waiting = false where held_push_id = $1::bigint and waiting`, [
    heldPushId,
  ])
  await tx.query(
    `update held_pushes set state = $2::text, decided_by = $3::bigint, decision_reason = $4::text, closed_at = $5::timestamptz
     where held_push_id = $1::bigint`,
    [heldPushId, by.state, by.operatorId, by.reason, by.at],
  )
}

/** The partners with a push nobody has answered since `before`; they are told of now. */
export const markUnanswered = async (
  tx: Transaction,
  now: Date,
  before: Date,
): Promise<{ partnerId: string; partner: string; persons: number }[]> =>
  (
    await tx.query<{ partner_id: string; name: string; persons: number }>(
      `with late as (
         update held_pushes set alarmed_at = $1::timestamptz where state = 'held' and alarmed_at <= $2::timestamptz
         returning partner_id, red + yellow + unregistered as persons)
       select l.partner_id, p.name, sum(l.persons)::int as persons from late l join partners p using (partner_id)
       group by l.partner_id, p.name order by l.partner_id`,
      [now, before],
    )
  ).rows.map((row) => ({ partnerId: row.partner_id, partner: row.name, persons: row.persons }))

/** Closed pushes with their rows. */
export const DELETE_CLOSED = (days: number): string =>
  `delete from held_pushes where held_push_id in (
     select held_push_id from held_pushes where closed_at < $1::timestamptz - interval '${days} days' limit $2::int)`
