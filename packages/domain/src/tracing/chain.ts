import type { ChainOrder } from '../vocabulary/tracing.ts'

/** Of a contact that became a case: how it was together with another one. Instants in milliseconds. */
export interface ChainMeeting {
  fromCaseId: string
  toCaseId: string
  minutes: number
  metAt: number | null
  /** Onset or first positive sample of the later one. */
  toAnchorAt: number
}

export interface ChainVerdict {
  order: ChainOrder
  likeliest: boolean
}

/** Whoever was ill before they met did not have it from there. */
export const orderOf = ({ metAt, toAnchorAt }: Pick<ChainMeeting, 'metAt' | 'toAnchorAt'>): ChainOrder => {
  if (metAt === null) return 'undated'
  return metAt > toAnchorAt ? 'impossible' : 'possible'
}

/** Of each case at most one likeliest origin: of the possible ones the longest together, the earliest where equal. */
export const judgeChain = (meetings: readonly ChainMeeting[]): ChainVerdict[] => {
  const best = new Map<string, ChainMeeting>()
  for (const meeting of meetings) {
    if (orderOf(meeting) !== 'possible') continue
    const before = best.get(meeting.toCaseId)
    const isBetter =
      !before ||
      meeting.minutes > before.minutes ||
      (meeting.minutes === before.minutes && (meeting.metAt ?? 0) < (before.metAt ?? 0))
    if (isBetter) best.set(meeting.toCaseId, meeting)
  }
  return meetings.map((meeting) => ({
    order: orderOf(meeting),
    likeliest: best.get(meeting.toCaseId) === meeting,
  }))
}
