import type { CaseStay } from '@jiankangbao/contracts/tracing/schemas'

export type Grouping = 'time' | 'venue' | 'district'

const PALETTE = 8

/** Each venue its number of a colour, in the order of first visits; of many venues some share one. */
export const colourIndexes = (stays: readonly CaseStay[]): ReadonlyMap<string, number> => {
  const indexes = new Map<string, number>()
  for (const { venueId } of stays) if (!indexes.has(venueId)) indexes.set(venueId, indexes.size % PALETTE)
  return indexes
}

/** Stays in lists: all in one, or one list for each venue or district, the one with most stays first. */
export const groupStays = (
  stays: readonly CaseStay[],
  by: Grouping,
): { name: string; stays: readonly CaseStay[] }[] => {
  if (by === 'time') return [{ name: '', stays }]
  const groups = new Map<string, CaseStay[]>()
  for (const stay of stays) {
    const name = by === 'venue' ? stay.venueName : stay.divisionName
    groups.set(name, [...(groups.get(name) ?? []), stay])
  }
  return [...groups]
    .map(([name, each]) => ({ name, stays: each }))
    .sort((one, other) => other.stays.length - one.stays.length)
}
