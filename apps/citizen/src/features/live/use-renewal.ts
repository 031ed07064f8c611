import { useEffect, useRef } from 'react'
import { onReconnected } from '../../platform/connection.ts'
import { useLive } from './use-live.ts'

const RENEW_MS = 20_000

/**
 * Loads a list anew while its screen is open: when the server tells of something, when network, app or socket come back, and
 * every 20 seconds besides, because there are networks that let no socket through.
 */
export const useRenewal = (reload: () => void): void => {
  const latest = useRef(reload)
  latest.current = reload
  const isLive = useLive({ statusChanged: reload, notice: reload })
  useEffect(() => {
    // What happened before the socket was there was not told.
    if (isLive) latest.current()
  }, [isLive])
  useEffect(() => {
    const renew = () => latest.current()
    const timer = setInterval(renew, RENEW_MS)
    const stopListening = onReconnected(renew)
    return () => {
      clearInterval(timer)
      stopListening()
    }
  }, [])
}
