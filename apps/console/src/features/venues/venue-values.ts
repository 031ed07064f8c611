import type { Call } from '@jiankangbao/contracts/schemas'

type Application = Call<'applyVenue'>['body']
/** What the form holds: cleared fields are empty texts or null. */
export type VenueValues = { [K in keyof Omit<Application, 'requestId'>]?: Application[K] | null | undefined }

/** The filled fields only, trimmed; a body holds no empty text. */
export const filledFields = <T extends object>(values: T): Partial<T> => {
  const filled: Partial<T> = {}
  for (const [key, value] of Object.entries(values) as [keyof T, unknown][]) {
    const tidy = typeof value === 'string' ? value.trim() : value
    if (tidy !== undefined && tidy !== null && tidy !== '') filled[key] = tidy as never
  }
  return filled
}

/** The body of an application: filled fields and named points. */
export const toApplication = (values: VenueValues, requestId: string): Application => {
  const points = (values.points ?? []).map((name) => (name ?? '').trim()).filter((name) => name !== '')
  return { ...(filledFields(values) as Application), points, requestId }
}

/** Only what differs from the venue now. */
export const toChange = (
  values: VenueValues,
  now: object,
): Partial<Omit<Application, 'requestId' | 'points'>> => {
  const current = now as Record<string, unknown>
  const filled = filledFields(values)
  return Object.fromEntries(
    Object.entries(filled).filter(([key, value]) => key !== 'points' && current[key] !== value),
  )
}
