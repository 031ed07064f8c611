// As `doorTimesOf` counts.
export const EARLY = `interval '1 day'`
export const GRACE = `interval '3 days'`

/**
 * Whether somebody is registered at a door, as a condition for the statements of the door, each part an SQL expression. Now it
 * is one look into `entry_current`. A scan sent late is answered by what was declared when it was made, and had not been
 * cancelled or closed by then: what was registered since says nothing about that moment, what was corrected since counts as it
 * was before, and what is over since counted in it. Only late scans read further tables.
 *
 * `limit 1` keeps the planner from turning a look-up of one person into a hash table of everybody's registrations, which it
 * prefers as long as its statistics say that there are few.
 */
export const isRegistered = (scan: { personId: string; isLate: string; at: string; now: string }): string =>
  `coalesce(case when ${scan.isLate} then (
      select true from entry_persons ep join entry_registrations e using (entry_id)
      where ep.person_id = ${scan.personId} and (e.closed_at is null or e.closed_at > ${scan.at})
        and e.planned_arrival_at - ${EARLY} <= ${scan.at} and e.planned_arrival_at + ${GRACE} > ${scan.at}
        and ${scan.at} >= (select v.declared_at from declaration_versions v where v.declaration_id = e.entry_id and v.version = e.version)
      limit 1
    ) or (
      select true from entry_former f where f.person_id = ${scan.personId} and f.declared_at <= ${scan.at} and f.corrected_at > ${scan.at}
        and f.valid_from <= ${scan.at} and f.valid_until > ${scan.at}
      limit 1
    ) else (
      select true from entry_current e where e.person_id = ${scan.personId} and e.valid_from <= ${scan.now} and e.valid_until > ${scan.now}
      limit 1
    ) end, false)`
