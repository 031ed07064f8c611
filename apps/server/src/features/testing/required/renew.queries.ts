import { arrayLiteral } from '../../../db/array-literal.ts'
import type { Queryable } from '../../../db/pool.ts'
import { type AskingRule, RULES, WANTED } from './wanted-people.ts'

/** The last minute of the day, so many days after. */
const deadline = (from: string, days: string): string =>
  `((date_trunc('day', (${from} + make_interval(days => ${days})) at time zone 'Asia/Shanghai') + interval '1 day') at time zone 'Asia/Shanghai') - interval '1 minute'`

export interface Asking {
  rules: AskingRule[]
  rulesetId: string
  cityPrefix: string
  now: Date
}
const parametersOf = ({ rules, cityPrefix, now }: Asking): unknown[] => [
  JSON.stringify(rules),
  now,
  cityPrefix,
]

/**
 * Whoever was swabbed since they were asked, here or elsewhere, has done it; the last swab is the one to count on from. What a
 * round asks is met where the round says so.
 * @param ids of some alone
 */
export const meetRequired = async (db: Queryable, now: Date, ids?: readonly string[]): Promise<void> => {
  await db.query(
    `with came as (
       select q.required_test_id, max(m.at) as at from required_tests q cross join lateral (
         select s.sampled_at as at from samples s
         where s.person_id = q.person_id and s.sampled_at > q.asked_at and (not q.single or s.sampled_window % 2 = 1)
         union all
         select t.sampled_at from test_results t
         where t.person_id = q.person_id and t.sampled_at > q.asked_at and t.sampled_at <= $1::timestamptz and t.withdrawn_at is null
           and (not q.single or t.kind = 'single')) m
       where q.state = 'open' and q.rule is not null and ($2::bigint[] is null or q.required_test_id = any($2::bigint[]))
       group by q.required_test_id
     )
     update required_tests q set state = 'met', met_at = came.at, state_at = $1::timestamptz
     from came where came.required_test_id = q.required_test_id and q.state = 'open'`,
    [now, ids ? arrayLiteral(ids) : null],
  )
}

/**
 * What a round no longer asks is over here too.
 * @param ids of some alone
 */
export const followRounds = async (db: Queryable, ids?: readonly string[]): Promise<void> => {
  await db.query(
    `update required_tests q set state = d.state, state_at = d.state_at, met_at = case when d.state = 'met' then d.state_at end,
       exempt_reason = d.exempt_reason, exempted_by = d.exempted_by
     from round_demands d where q.round_id = d.round_id and q.person_id = d.person_id and q.state = 'open' and d.state <> 'open'
       and ($1::bigint[] is null or q.required_test_id = any($1::bigint[]))`,
    [ids ? arrayLiteral(ids) : null],
  )
}

/** What rounds ask is kept beside what rules ask, as long as the round says so. */
export const takeOverRounds = async (db: Queryable, now: Date): Promise<void> => {
  await db.query(
    `insert into required_tests (person_id, round_id, division_code, single, asked_at, due_at, state_at)
     select d.person_id, d.round_id, d.division_code, t.kind = 'single', t.from_at, d.due_at, $1::timestamptz
     from round_demands d join test_rounds t using (round_id)
     where d.state = 'open' and not exists (select from required_tests q where q.round_id = d.round_id and q.person_id = d.person_id)
     on conflict do nothing`,
    [now],
  )
}

/** Whom no rule means any more has nothing left to do. */
export const callOffRequired = async (db: Queryable, asking: Asking): Promise<void> => {
  await db.query(
    `with ${RULES}, ${WANTED}
     update required_tests q set state = 'called_off', state_at = $2::timestamptz
     where q.state = 'open' and q.rule is not null
       and not exists (select from wanted w where w.rule = q.rule and w.person_id = q.person_id)`,
    parametersOf(asking),
  )
}

/** New rules move the deadlines that are ahead, none of them to before tonight; what is overdue stays so. */
export const recountRequired = async (db: Queryable, asking: Asking): Promise<void> => {
  await db.query(
    `with ${RULES}
     update required_tests q set ruleset_id = $3::text, single = r.single,
       due_at = case when q.due_at <= $2::timestamptz then q.due_at
         else greatest(${deadline('q.asked_at', 'r.days')}, ${deadline('$2::timestamptz', '0')}) end
     from rules r where r.rule = q.rule and q.state = 'open' and q.ruleset_id is distinct from $3::text`,
    [JSON.stringify(asking.rules), asking.now, asking.rulesetId],
  )
}

/**
 * Whoever a rule means and has nothing open is asked: from their last swab that was asked for, or from now where that is too long
 * ago. An exemption holds until its deadline.
 */
export const askRequired = async (db: Queryable, asking: Asking): Promise<void> => {
  await db.query(
    `with ${RULES}, ${WANTED}, begun as (
       select w.person_id, w.rule, w.division_code, r.days, r.single,
         case when ${deadline('l.at', 'r.days')} > $2::timestamptz then l.at else $2::timestamptz end as asked_at
       from wanted w join rules r using (rule)
       left join lateral (
         select case q.state when 'met' then q.met_at else q.due_at end as at from required_tests q
         where q.person_id = w.person_id and q.rule = w.rule and q.state in ('met', 'exempt')
         order by q.required_test_id desc limit 1) l on true
       where (l.at is null or l.at <= $2::timestamptz)
         and not exists (select from required_tests q where q.person_id = w.person_id and q.rule = w.rule and q.state = 'open')
     )
     insert into required_tests (person_id, rule, ruleset_id, division_code, single, asked_at, due_at, state_at)
     select person_id, rule, $4::text, division_code, single, asked_at, ${deadline('asked_at', 'days')}, $2::timestamptz
     from begun order by rule, person_id on conflict do nothing`,
    [...parametersOf(asking), asking.rulesetId],
  )
}

export const OLD_REQUIRED = `delete from required_tests where required_test_id in (
  select required_test_id from required_tests where due_at < $1::timestamptz and state <> 'open' limit $2::int)`
