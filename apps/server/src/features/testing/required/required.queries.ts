import type { RequiredTestView } from '@jiankangbao/domain/testing/required-test'
import type { ProposalState } from '@jiankangbao/domain/vocabulary/approval'
import { arrayLiteral } from '../../../db/array-literal.ts'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { SUBJECTS } from '../../people/member/subjects.ts'

export interface RequiredRow {
  required_test_id: string
  person_id: string
  name_masked: string
  rule: string | null
  round_name: string | null
  single: boolean
  division_code: string
  division_name: string
  asked_at: Date
  due_at: Date
  proposal_state: ProposalState | null
}

// ':' follows '9'.
const WITHIN = `q.division_code ~>=~ $1::text and q.division_code ~<~ ($1::text || ':')`
const IS_PROPOSED = `coalesce(o.state in ('open', 'approved'), false)`
const FROM = `required_tests q left join proposals o using (proposal_id)`

// $2 is now, $3 the end of tomorrow.
const VIEWS: Record<RequiredTestView, string> = {
  overdue: `q.due_at <= $2::timestamptz and not ${IS_PROPOSED}`,
  soon: `q.due_at > $2::timestamptz and q.due_at < $3::timestamptz`,
  open: 'true',
  proposed: IS_PROPOSED,
}

export interface RequiredFilter {
  prefix: string
  now: Date
  soon: Date
}

/** The earliest deadline first. */
export const listRequired = async (
  db: Queryable,
  { prefix, now, soon }: RequiredFilter,
  only: { view: RequiredTestView; rule: string | null },
  page: { after: { at: string; id: string } | undefined; limit: number },
): Promise<RequiredRow[]> =>
  (
    await db.query<RequiredRow>(
      `select q.required_test_id, q.person_id, p.name_masked, q.rule, t.name as round_name, q.single, q.division_code,
         d.name as division_name, q.asked_at, q.due_at, o.state as proposal_state
       from ${FROM} join persons p on p.person_id = q.person_id join divisions d on d.code = q.division_code
       left join test_rounds t using (round_id)
       where q.state = 'open' and ${WITHIN} and ($2::timestamptz, $3::timestamptz) is not null and ${VIEWS[only.view]}
         and ($4::text is null or q.rule = $4::text)
         and ($5::timestamptz is null or (q.due_at, q.required_test_id) > ($5::timestamptz, $6::bigint))
       order by q.due_at, q.required_test_id limit $7::int`,
      [prefix, now, soon, only.rule, page.after?.at ?? null, page.after?.id ?? null, page.limit],
    )
  ).rows

export interface CountRow {
  rule: string | null
  round_name: string | null
  single: boolean
  open: number
  soon: number
  overdue: number
  proposed: number
  met: number
}

/** By rule and by round, of one division. */
export const countRequired = async (
  db: Queryable,
  { prefix, now, soon }: RequiredFilter,
  metSince: Date,
): Promise<CountRow[]> =>
  (
    await db.query<CountRow>(
      `select q.rule, t.name as round_name, bool_or(q.single) as single,
         (count(*) filter (where q.state = 'open'))::int as open,
         (count(*) filter (where q.state = 'open' and ${VIEWS.soon}))::int as soon,
         (count(*) filter (where q.state = 'open' and q.due_at <= $2::timestamptz))::int as overdue,
         (count(*) filter (where q.state = 'open' and q.due_at <= $2::timestamptz and ${IS_PROPOSED}))::int as proposed,
         (count(*) filter (where q.state = 'met'))::int as met
       from ${FROM} left join test_rounds t using (round_id)
       where (q.state = 'open' or q.state = 'met' and q.state_at > $4::timestamptz) and ${WITHIN}
       group by q.rule, q.round_id, t.name, t.from_at order by q.rule nulls last, t.from_at desc limit 200`,
      [prefix, now, soon, metSince],
    )
  ).rows

export interface HeldRow {
  required_test_id: string
  person_id: string
  state: 'open' | 'met' | 'exempt' | 'called_off'
  round_id: string | null
  division_code: string
  due_at: Date
  is_proposed: boolean
  proposal_request: string | null
}

/** Those of the division, held until commit. */
export const holdRequired = async (
  tx: Transaction,
  prefix: string,
  ids: readonly string[],
): Promise<Map<string, HeldRow>> => {
  const { rows } = await tx.query<HeldRow>(
    `select q.required_test_id, q.person_id, q.state, q.round_id, q.division_code, q.due_at, ${IS_PROPOSED} as is_proposed,
       o.request_id as proposal_request
     from ${FROM} where ${WITHIN} and q.required_test_id = any($2::bigint[]) order by q.required_test_id for update of q`,
    [prefix, arrayLiteral(ids)],
  )
  return new Map(rows.map((row) => [row.required_test_id, row]))
}

export const setProposed = async (tx: Transaction, id: string, proposalId: string): Promise<void> => {
  await tx.query(`update required_tests set proposal_id = $2::bigint where required_test_id = $1::bigint`, [
    id,
    proposalId,
  ])
}

export const setExempt = async (
  tx: Transaction,
  exemption: { id: string; reason: string; by: string; at: Date },
): Promise<void> => {
  await tx.query(
    `update required_tests set state = 'exempt', state_at = $4::timestamptz, exempt_reason = $2::text, exempted_by = $3::bigint
     where required_test_id = $1::bigint`,
    [exemption.id, exemption.reason, exemption.by, exemption.at],
  )
}

export interface OwnRow {
  member_id: string | null
  name_masked: string
  rule: string
  single: boolean
  due_at: Date
}

/** What rules ask of the account holder and of members without an account. */
export const listOwnRequired = async (db: Queryable, accountId: string): Promise<OwnRow[]> =>
  (
    await db.query<OwnRow>(
      `with ${SUBJECTS}
       select u.member_id, p.name_masked, q.rule, q.single, q.due_at
       from subjects u join persons p using (person_id) join required_tests q using (person_id)
       where q.state = 'open' and q.rule is not null order by q.due_at, q.required_test_id limit 60`,
      [accountId],
    )
  ).rows
