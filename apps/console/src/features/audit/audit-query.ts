import { parseLocalInput } from '../../api/instants.ts'

/** Filters as they stand in the address. */
export const FILTERS = [
  'from',
  'until',
  'action',
  'username',
  'divisionCode',
  'personId',
  'objectKind',
  'objectId',
] as const
export type FilterName = (typeof FILTERS)[number]
export type FilterValues = Partial<Record<FilterName, string>>

const DAY_MS = 86_400_000

/** Days of the form to instants; a day given as the end is meant with its whole length. */
export const toFilters = ({ from, until, ...rest }: FilterValues) => {
  const start = from ? parseLocalInput(from) : undefined
  const end = until ? parseLocalInput(until) : undefined
  return {
    ...rest,
    ...(start ? { from: start } : {}),
    ...(end ? { until: new Date(Date.parse(end) + DAY_MS).toISOString() } : {}),
  }
}
