import type { CallOutcome } from '@jiankangbao/domain/testing/my-test'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface CallbackRow {
  test_id: string
  revision: number
  person_id: string
  name_masked: string
  kind: 'single' | 'pooled'
  site_name: string | null
  source: string
  sampled_at: Date
  reported_at: Date
  phone_account_id: string | null
  phone_encrypted: Buffer | null
  calls: { outcome: CallOutcome; at: string; by: string; note: string | null }[]
}

// Results of a site belong to the offices of its division; those from elsewhere to the city. The phone is the person's own,
// or that of whoever looks after them.
const CALLBACK = `select r.test_id, r.revision, r.person_id, p.name_masked, r.kind, site.name as site_name, r.source, r.sampled_at, r.reported_at,
  ph.account_id as phone_account_id, ph.phone_encrypted,
  coalesce((select json_agg(json_build_object('outcome', c.outcome, 'at', c.called_at, 'by', o.display_name, 'note', c.note) order by c.call_id desc)
    from result_calls c join operators o on o.operator_id = c.called_by where c.test_id = r.test_id and c.revision = r.revision), '[]') as calls
from test_results r join persons p using (person_id)
left join tubes t on t.barcode = r.laboratory_number left join test_sites site on site.site_id = t.site_id
left join lateral (
  select a.account_id, a.phone_encrypted from accounts a where a.account_id = coalesce(
    (select a.account_id from accounts a where a.person_id = r.person_id),
    (select m.account_id from members m where m.person_id = r.person_id and m.removed_at is null order by m.added_at limit 1))
) ph on true
where r.result = 'positive' and r.withdrawn_at is null and ($1::text = '' or $2::boolean and site.site_id is null or site.division_code like $1::text || '%')`

export interface Scope {
  prefix: string
  /** Results from elsewhere too. */
  isCity: boolean
}

/** Whoever nobody has reached first, those who wait longest before the others. */
export const listCallbacks = async (db: Queryable, scope: Scope, since: Date): Promise<CallbackRow[]> =>
  (
    await db.query<CallbackRow>(
      `select * from (${CALLBACK} and r.reported_at >= $3::timestamptz) x
       order by exists (select from json_array_elements(x.calls) c where c ->> 'outcome' = 'reached'), reported_at, test_id limit 500`,
      [scope.prefix, scope.isCity, since],
    )
  ).rows

export const findCallback = async (
  db: Queryable,
  scope: Scope,
  testId: string,
): Promise<CallbackRow | undefined> =>
  (
    await db.query<CallbackRow>(`${CALLBACK} and r.test_id = $3::bigint`, [
      scope.prefix,
      scope.isCity,
      testId,
    ])
  ).rows[0]

/** False where this request was recorded before. */
export const insertCall = async (
  tx: Transaction,
  call: {
    testId: string
    revision: number
    outcome: CallOutcome
    note: string | null
    operatorId: string
    at: Date
    requestId: string
  },
): Promise<boolean> =>
  (
    await tx.query(
      `insert into result_calls (test_id, revision, outcome, note, called_by, called_at, request_id)
       values ($1::bigint, $2::int, $3::text, $4::text, $5::bigint, $6::timestamptz, $7::uuid) on conflict (request_id) do nothing`,
      [call.testId, call.revision, call.outcome, call.note, call.operatorId, call.at, call.requestId],
    )
  ).rowCount === 1

/** Accounts whose phones show a result of this person. */
export const listShowing = async (db: Queryable, personId: string): Promise<string[]> =>
  (
    await db.query<{ account_id: string }>(
      `select account_id from accounts where person_id = $1::bigint
       union select account_id from members where person_id = $1::bigint and removed_at is null`,
      [personId],
    )
  ).rows.map(({ account_id }) => account_id)

export const OLD_CALLS = `delete from result_calls where call_id in (
  select call_id from result_calls where called_at < $1::timestamptz limit $2::int)`
