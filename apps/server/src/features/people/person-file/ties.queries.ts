import type { Transaction } from '../../../db/pool.ts'

/**
 * Whether any of the persons belongs to the division or to the work of its offices: stays and arrivals declared there, and what
 * is or was handled there. Visits do not count: the whole city goes to one shopping street.
 * @param since stays that ended before this day are over
 */
export const areTied = async (
  tx: Transaction,
  { personIds, divisionPrefix, since }: { personIds: string[]; divisionPrefix: string; since: Date },
): Promise<boolean> => {
  const { rows } = await tx.query<{ tied: boolean }>(
    `select exists (select from stays s where s.person_id = any($1::bigint[]) and s.superseded_at is null
           and s.to_on >= $3::date and (starts_with(s.division_code, $2::text) or starts_with(s.office_code, $2::text)))
       or exists (select from entry_persons e join entry_registrations r using (entry_id)
           where e.person_id = any($1::bigint[]) and starts_with(r.destination_code, $2::text))
       or exists (select from appeals a where a.person_id = any($1::bigint[]) and starts_with(a.division_code, $2::text))
       or exists (select from proposals p where p.person_id = any($1::bigint[]) and starts_with(p.division_code, $2::text))
       or exists (select from findings f
           left join proposals p on p.proposal_id = f.proposal_id
           left join imports i on i.import_id = f.import_id
           left join zones z on z.zone_id = f.zone_id
           where f.person_id = any($1::bigint[]) and (starts_with(p.division_code, $2::text)
             or starts_with(i.division_code, $2::text) or starts_with(z.division_code, $2::text)))
       or exists (select from counter_acts c where c.person_id = any($1::bigint[]) and starts_with(c.division_code, $2::text))
       or exists (select from declaration_matters m where m.person_id = any($1::bigint[])
           and starts_with(m.division_code, $2::text))
       or exists (select from follow_ups u where u.person_id = any($1::bigint[]) and starts_with(u.division_code, $2::text))
       or exists (select from accounts o join tickets t using (account_id) where o.person_id = any($1::bigint[])
           and (starts_with(t.division_code, $2::text) or starts_with(t.assigned_code, $2::text)))
       or exists (select from cases k where k.person_id = any($1::bigint[]) and k.state in ('waiting', 'open')
           and starts_with(k.division_code, $2::text))
       or exists (select from case_contacts t join cases k using (case_id)
           where t.person_id = any($1::bigint[]) and starts_with(k.division_code, $2::text)) as tied`,
    [personIds, divisionPrefix, since],
  )
  return rows[0]?.tied === true
}
