import type { TFunction } from 'i18next'

const steps = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const

/** How long ago an instant was, in the largest whole unit. */
export const wordAgo = (t: TFunction, instant: string, nowMs: number): string => {
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 1000))
  const step = steps.find(([, length]) => seconds >= length)
  const [unit, length] = step ?? ['seconds', 1]
  return t(`checkpoint.ago.${unit}`, { count: Math.floor(seconds / length) })
}
