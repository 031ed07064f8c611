import { useEffect } from 'react'

/** A phone that falls asleep between two people is woken by hand each time. */
export const useWakefulScreen = (): void => {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    const hold = async (): Promise<void> => {
      if (document.hidden || !('wakeLock' in navigator)) return
      lock = await navigator.wakeLock.request('screen').catch(() => undefined)
    }
    void hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      document.removeEventListener('visibilitychange', hold)
      void lock?.release()
    }
  }, [])
}
