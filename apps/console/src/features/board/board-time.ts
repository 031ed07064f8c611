import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'

const STEPS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const

/** How long ago an instant was, in the largest whole unit. */
export const toAge = (t: TFunction, instant: string, nowMs: number): string => {
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 1000))
  const [unit, length] = STEPS.find(([, each]) => seconds >= each) ?? ['seconds', 1]
  return t(`upstream.age.${unit}`, { count: Math.floor(seconds / length) })
}

/** The time goes on without a connection; that is how one sees how old the numbers are. */
export const useClock = (): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Everything on the board is measured in a 1920th of the window, so that it fills a wall of any size. */
export const useUnit = (): number => {
  const [unit, setUnit] = useState(() => unitOf(window.innerWidth))
  useEffect(() => {
    const measure = () => setUnit(unitOf(window.innerWidth))
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  return unit
}

// Narrower than this the panels stand one below the other, in the size of a desk.
const unitOf = (width: number): number => (width < 1000 ? 0.8 : width / 1920)
