import type { TracingRules } from '@jiankangbao/domain/tracing/rules'
import type { CaseBasis, CaseState } from '@jiankangbao/domain/vocabulary/tracing'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'

export interface CaseRow {
  case_id: string
  person_id: string
  name_masked: string
  colour: number | null
  basis: CaseBasis
  evidence: string
  state: CaseState
  division_name: string
  anchor_at: Date
  isolated_at: Date | null
  rules: TracingRules
  version: number
  opened_by: string
  opened_by_name: string
  opened_at: Date
  proposal_id: string | null
  contacts: number
}

// An open proposal that ran out is none.
const CASE = `select c.case_id, c.person_id, p.name_masked, s.colour, c.basis, c.evidence, c.state, d.name as division_name,
    c.anchor_at, c.isolated_at, c.rules, c.version, c.opened_by, o.display_name as opened_by_name, c.opened_at,
    (select max(r.proposal_id) from proposals r where r.case_id = c.case_id and r.state = 'open' and r.expires_at > $1::timestamptz) as proposal_id,
    (select count(distinct k.person_id) from case_contacts k join proposals r on r.request_id = k.selection_id
     where k.case_id = c.case_id and r.case_id = c.case_id and r.kind = 'case.expose' and r.state = 'approved')::int as contacts
  from cases c
  join persons p using (person_id)
  join divisions d on d.code = c.division_code
  join operators o on o.operator_id = c.opened_by
  left join status_current s using (person_id)`

/** The case, where this operator may open it. */
export const findCaseOf = async (
  db: Queryable,
  caseId: string,
  operatorId: string,
  now: Date,
): Promise<CaseRow | undefined> =>
  (
    await db.query<CaseRow>(
      `${CASE} where c.case_id = $2::bigint
         and exists (select from case_readers x where x.case_id = c.case_id and x.operator_id = $3::bigint)`,
      [now, caseId, operatorId],
    )
  ).rows[0]

/** The case for a proposal about it, whoever looks. */
export const findCase = async (db: Queryable, caseId: string, now: Date): Promise<CaseRow | undefined> =>
  (await db.query<CaseRow>(`${CASE} where c.case_id = $2::bigint`, [now, caseId])).rows[0]

/** Holds the case until commit: of two editors the second one sees the first. */
export const lockCase = async (tx: Transaction, caseId: string): Promise<void> => {
  await tx.query(`select from cases where case_id = $1::bigint for update`, [caseId])
}

export const listCasesOf = async (
  db: Queryable,
  operatorId: string,
  filter: { state: string | null; divisionPrefix: string; beforeId: string | null; limit: number },
  now: Date,
): Promise<CaseRow[]> =>
  (
    await db.query<CaseRow>(
      `${CASE} join case_readers x on x.case_id = c.case_id and x.operator_id = $2::bigint
       where ($3::text is null or c.state = $3::text) and ($4::bigint is null or c.case_id < $4::bigint)
         and starts_with(c.division_code, $6::text)
       order by c.case_id desc limit $5::int`,
      [now, operatorId, filter.state, filter.beforeId, filter.limit, filter.divisionPrefix],
    )
  ).rows

/** What a case may rest on: an approved finding of a confirmed infection, or a positive result. */
export interface BasisRow {
  person_id: string
  at: Date
}

export const findConfirmedFinding = async (db: Queryable, findingId: string): Promise<BasisRow | undefined> =>
  (
    await db.query<BasisRow>(
      `select person_id, anchor_at as at from findings
       where finding_id = $1::bigint and category = 'confirmed' and withdrawn_at is null and approved_by is not null`,
      [findingId],
    )
  ).rows[0]

export const findPositiveResult = async (db: Queryable, testId: string): Promise<BasisRow | undefined> =>
  (
    await db.query<BasisRow>(
      `select person_id, sampled_at as at from test_results
       where test_id = $1::bigint and result = 'positive' and kind = 'single' and withdrawn_at is null`,
      [testId],
    )
  ).rows[0]

export const isPerson = async (db: Queryable, personId: string): Promise<boolean> =>
  ((await db.query('select from persons where person_id = $1::bigint', [personId])).rowCount ?? 0) > 0

export interface NewCase {
  personId: string
  basis: CaseBasis
  findingId: string | null
  testId: string | null
  evidence: string
  divisionCode: string
  anchorAt: Date
  isolatedAt: Date | null
  rules: TracingRules
  operatorId: string
  at: Date
  requestId: string
}

/** Undefined where the request came before, or the person has a running case. */
export const insertCase = async (tx: Transaction, made: NewCase): Promise<string | undefined> =>
  (
    await tx.query<{ case_id: string }>(
      `insert into cases (person_id, basis, finding_id, test_id, evidence, state, division_code, anchor_at, isolated_at, rules,
         opened_by, opened_at, request_id)
       values ($1::bigint, $2::text, $3::bigint, $4::bigint, $5::text, $6::text, $7::text, $8::timestamptz, $9::timestamptz,
         $10::jsonb, $11::bigint, $12::timestamptz, $13::uuid)
       on conflict do nothing returning case_id`,
      [
        made.personId,
        made.basis,
        made.findingId,
        made.testId,
        made.evidence,
        made.basis === 'evidence' ? 'waiting' : 'open',
        made.divisionCode,
        made.anchorAt,
        made.isolatedAt,
        JSON.stringify(made.rules),
        made.operatorId,
        made.at,
        made.requestId,
      ],
    )
  ).rows[0]?.case_id

export const findCaseOfRequest = async (
  db: Queryable,
  operatorId: string,
  requestId: string,
): Promise<
  { case_id: string; person_id: string; finding_id: string | null; test_id: string | null } | undefined
> =>
  (
    await db.query(
      `select case_id, person_id, finding_id, test_id from cases where opened_by = $1::bigint and request_id = $2::uuid`,
      [operatorId, requestId],
    )
  ).rows[0]

export const updateCase = async (
  tx: Transaction,
  caseId: string,
  change: { state?: CaseState; anchorAt?: Date; isolatedAt?: Date; rules?: TracingRules; endedAt?: Date },
): Promise<void> => {
  await tx.query(
    `update cases set version = version + 1, state = coalesce($2::text, state), anchor_at = coalesce($3::timestamptz, anchor_at),
       isolated_at = coalesce($4::timestamptz, isolated_at), rules = coalesce($5::jsonb, rules), ended_at = coalesce($6::timestamptz, ended_at)
     where case_id = $1::bigint`,
    [
      caseId,
      change.state ?? null,
      change.anchorAt ?? null,
      change.isolatedAt ?? null,
      change.rules ? JSON.stringify(change.rules) : null,
      change.endedAt ?? null,
    ],
  )
}

export const insertReader = async (
  tx: Transaction,
  reader: { caseId: string; operatorId: string; addedBy: string; at: Date },
): Promise<boolean> =>
  ((
    await tx.query(
      `insert into case_readers (case_id, operator_id, added_by, added_at) values ($1::bigint, $2::bigint, $3::bigint, $4::timestamptz)
       on conflict do nothing`,
      [reader.caseId, reader.operatorId, reader.addedBy, reader.at],
    )
  ).rowCount ?? 0) > 0

export const findTracer = async (db: Queryable, username: string): Promise<string | undefined> =>
  (
    await db.query<{ operator_id: string }>(
      `select operator_id from operators where username = $1::text and active and roles && array['hq', 'epidemiologist']`,
      [username],
    )
  ).rows[0]?.operator_id

export const listReaders = async (
  db: Queryable,
  caseId: string,
): Promise<{ name: string; organisation: string }[]> =>
  (
    await db.query(
      `select o.display_name as name, o.organisation from case_readers r join operators o using (operator_id)
       where r.case_id = $1::bigint order by r.added_at, o.operator_id`,
      [caseId],
    )
  ).rows

export interface CaseChangeRow {
  change_id: string
  version: number
  at: Date
  by_name: string | null
  change: string
  details: Record<string, unknown>
  note_encrypted: Buffer | null
}

export const insertChange = async (
  tx: Transaction,
  change: {
    caseId: string
    at: Date
    operatorId: string | null
    change: string
    details?: Record<string, unknown>
    noteEncrypted?: (changeId: string) => Buffer
  },
): Promise<void> => {
  const changeId = await takeId(tx, 'case_changes', 'change_id')
  await tx.query(
    `insert into case_changes (change_id, case_id, version, at, operator_id, change, details, note_encrypted) overriding system value
     select $7::bigint, case_id, version, $2::timestamptz, $3::bigint, $4::text, $5::jsonb, $6::bytea from cases where case_id = $1::bigint`,
    [
      change.caseId,
      change.at,
      change.operatorId,
      change.change,
      JSON.stringify(change.details ?? {}),
      change.noteEncrypted?.(changeId) ?? null,
      changeId,
    ],
  )
}

export const listChanges = async (db: Queryable, caseId: string): Promise<CaseChangeRow[]> =>
  (
    await db.query<CaseChangeRow>(
      `select x.change_id, x.version, x.at, o.display_name as by_name, x.change, x.details, x.note_encrypted
       from case_changes x left join operators o using (operator_id)
       where x.case_id = $1::bigint order by x.change_id desc limit 100`,
      [caseId],
    )
  ).rows

export interface CaseProposalRow {
  proposal_id: string
  kind: string
  state: string
  persons: number
  standing: number
  positive: number
}

/** With what became of the people: how many findings stand, how many turned positive after it. */
export const listCaseProposals = async (
  db: Queryable,
  caseId: string,
  now: Date,
): Promise<CaseProposalRow[]> =>
  (
    await db.query<CaseProposalRow>(
      `select r.proposal_id, r.kind, case when r.state = 'open' and r.expires_at <= $2::timestamptz then 'expired' else r.state end as state,
         r.persons,
         (select count(*) from findings f where f.proposal_id = r.proposal_id and f.case_id = r.case_id and f.withdrawn_at is null)::int as standing,
         (select count(distinct k.person_id) from case_contacts k join findings f on f.person_id = k.person_id
            and f.category = 'confirmed' and f.withdrawn_at is null and f.created_at > r.proposed_at
          where k.selection_id = r.request_id)::int as positive
       from proposals r where r.case_id = $1::bigint order by r.proposal_id desc limit 50`,
      [caseId, now],
    )
  ).rows

/** Closed cases whose time is over, with everything that belongs to them. */
export const deleteEndedBefore = async (
  tx: Transaction,
  before: Date,
  limit: number,
): Promise<{ count: number; from: Date; to: Date; hash: string } | undefined> => {
  const { rows } = await tx.query(
    `with gone as (
       delete from cases where case_id in (select case_id from cases where ended_at < $1::timestamptz order by ended_at limit $2::int)
       returning case_id, state, ended_at)
     select count(*)::int as count, min(ended_at) as "from", max(ended_at) as "to",
       encode(sha256(convert_to(string_agg(case_id || ':' || state, ',' order by case_id), 'UTF8')), 'hex') as hash
     from gone having count(*) > 0`,
    [before, limit],
  )
  return rows[0]
}
