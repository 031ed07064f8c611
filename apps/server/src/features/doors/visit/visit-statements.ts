/**
 * Part of a statement that records visits. A visit that is there already stays.
 * @param from gives person_id, request_key, visited_on, visited_ms, point_id, reason_bits and answer, in this order
 * @param returning columns of the rows written, if any are wanted
 */
export const insertVisits = (from: string, returning?: string): string =>
  `insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
  ${from}
  on conflict do nothing${returning ? ` returning ${returning}` : ''}`
