import { SHANGHAI_OFFSET_MS } from '@jiankangbao/domain/time/shanghai'
import { useEffect, useState } from 'react'
import { readStored, writeStored } from '../../api/stored.ts'

/** By the clock, or as somebody said on this phone. */
export const NIGHT_CHOICES = ['auto', 'night', 'day'] as const
export type NightChoice = (typeof NIGHT_CHOICES)[number]

const KEY = 'checkpointNight'
const DARK_FROM_HOUR = 19
const LIGHT_FROM_HOUR = 6
const MINUTE_MS = 60_000

/** Whether the screen wears its night colours: between seven in the evening and six in the morning, unless somebody chose. */
export const isNight = (choice: NightChoice, nowMs: number): boolean => {
  if (choice !== 'auto') return choice === 'night'
  const hour = new Date(nowMs + SHANGHAI_OFFSET_MS).getUTCHours()
  return hour >= DARK_FROM_HOUR || hour < LIGHT_FROM_HOUR
}

const readChoice = (): NightChoice => {
  const kept = readStored<string>(KEY)
  return NIGHT_CHOICES.find((choice) => choice === kept) ?? 'auto'
}

/** The choice, remembered on this phone, and what it means now. */
export const useNight = () => {
  const [choice, setChoice] = useState(readChoice)
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  const choose = (next: NightChoice): void => {
    writeStored(KEY, next)
    setChoice(next)
    setNow(Date.now())
  }
  return { choice, choose, isDark: isNight(choice, now) }
}
