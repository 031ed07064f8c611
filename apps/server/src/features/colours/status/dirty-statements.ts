/**
 * A statement that marks everybody a query gives, each once and in one order, after whom somebody waits for: a mark holds
 * its row until commit, and in one order nobody waits for another in a circle. The evaluation is told when it commits.
 * @param persons gives person_id
 * @param cause parameter of the statement, or a literal
 */
export const markDirtyLater = (persons: string, cause: string): string =>
  `with marked as (
     insert into dirty_persons as d (person_id, cause, priority)
     select distinct person_id, ${cause}, 1 from (${persons}) concerned order by person_id
     on conflict (person_id) do update set cause = excluded.cause, marked_at = clock_timestamp(), retry_at = null
   )
   select pg_notify('dirty', '')`
