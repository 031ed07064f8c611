/** A tube on its way longer than this is missing: a swab is good for a day, and a result is promised by night. */
export const ARRIVES_WITHIN_MS = 6 * 3_600_000

/** Where the numbers of one day part. Each is named with how many it is about. */
export const GAPS = [
  /** Sealed, and nobody handed them to a carrier. */
  'not_handed_over',
  /** Handed over, and no laboratory has received them. */
  'not_received',
  /** Received, and no result counts. */
  'not_resulted',
  /** Results that wait for a person. */
  'held',
  /** More or fewer people than were counted in the hand. */
  'count_differs',
  /** People in tubes with a result who have none. */
  'people_without_result',
] as const
export type Gap = (typeof GAPS)[number]

/** One day of tubes: what each hand counted. */
export interface DayCounts {
  sealed: number
  handedOver: number
  received: number
  resulted: number
  held: number
  /** People: counted in the hand at sealing, rows here, rows in tubes that have a result, and those of them with theirs. */
  peopleSealed: number
  peopleHere: number
  peopleResulted: number
  peopleTold: number
}

/** Every difference between two hands that follow each other; none where the day reconciles. */
export const findGaps = (day: DayCounts): { gap: Gap; count: number }[] => {
  const counts: Record<Gap, number> = {
    not_handed_over: day.sealed - day.handedOver,
    not_received: day.handedOver - day.received,
    not_resulted: day.received - day.resulted - day.held,
    held: day.held,
    count_differs: Math.abs(day.peopleSealed - day.peopleHere),
    people_without_result: day.peopleResulted - day.peopleTold,
  }
  return GAPS.filter((gap) => counts[gap] !== 0).map((gap) => ({ gap, count: counts[gap] }))
}
