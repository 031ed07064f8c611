import type { Face, FaceKey } from './face.ts'

/** As many are listed; the counters go on. */
const MOST_LISTED = 50

/** One check as whoever stands at the door may look at it again: masked, and without its code. */
export interface ShiftCheck {
  /** Counted from the beginning of the shift. */
  number: number
  at: number
  key: FaceKey
  nameMasked?: string
}

export interface Shift {
  startedAt: number
  counts: Readonly<Partial<Record<FaceKey, number>>>
  /** Newest first. */
  latest: readonly ShiftCheck[]
}

export type ShiftGroup = 'admitted' | 'refused' | 'toVerify' | 'noAnswer' | 'noCode'
const GROUPS: Record<FaceKey, ShiftGroup | undefined> = {
  admit: 'admitted',
  deny: 'refused',
  review: 'toVerify',
  none: 'toVerify',
  expired: 'noCode',
  revoked: 'noCode',
  forged: 'noCode',
  unknown: 'noCode',
  foreign: 'noCode',
  unreadable: 'noCode',
  offline: 'noAnswer',
  paperOffline: 'noAnswer',
  error: 'noAnswer',
  // Asked again by itself: its answer counts.
  busy: undefined,
}
export const SHIFT_GROUPS = ['admitted', 'refused', 'toVerify', 'noCode', 'noAnswer'] as const

export const beginShift = (now: number): Shift => ({ startedAt: now, counts: {}, latest: [] })

export const countAll = (shift: Shift): number =>
  Object.values(shift.counts).reduce((sum, count) => sum + count, 0)

/** The shift with one more check; the same where the face is no answer. */
export const withCheck = (shift: Shift, { key, nameMasked }: Face, now: number): Shift => {
  if (!GROUPS[key]) return shift
  const check: ShiftCheck = {
    number: countAll(shift) + 1,
    at: now,
    key,
    ...(nameMasked === undefined ? {} : { nameMasked }),
  }
  return {
    startedAt: shift.startedAt,
    counts: { ...shift.counts, [key]: (shift.counts[key] ?? 0) + 1 },
    latest: [check, ...shift.latest].slice(0, MOST_LISTED),
  }
}

/** Checks by what came of them. */
export const countGroups = ({ counts }: Shift): Record<ShiftGroup, number> => {
  const groups = { admitted: 0, refused: 0, toVerify: 0, noCode: 0, noAnswer: 0 }
  for (const [key, count] of Object.entries(counts)) {
    const group = GROUPS[key as FaceKey]
    if (group) groups[group] += count
  }
  return groups
}
