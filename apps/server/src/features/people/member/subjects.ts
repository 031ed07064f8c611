/** The holder of account $1, and members who have no account of their own: whoever has one acts and reads there. */
export const SUBJECTS = `subjects as (
  select person_id, null::uuid as member_id from accounts where account_id = $1::bigint and person_id is not null
  union all
  select m.person_id, m.member_id from members m where m.account_id = $1::bigint and m.removed_at is null
    and not exists (select from accounts a where a.person_id = m.person_id)
)`
