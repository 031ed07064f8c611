import { useEffect, useRef } from 'react'
import { useLive } from './use-live.ts'

const RENEW_MS = 20_000

/** Loads a list anew while its screen is open: when the server tells of something, and every 20 seconds besides. */
export const useRenewal = (reload: () => void): void => {
  const latest = useRef(reload)
  latest.current = reload
  useLive({ statusChanged: reload, notice: reload })
  useEffect(() => {
    const timer = setInterval(() => latest.current(), RENEW_MS)
    return () => clearInterval(timer)
  }, [])
}
