import { useEffect, useState } from 'react'

/** Milliseconds since 1970 on this phone's clock, renewed `everyMs`. */
export const useNow = (everyMs = 1000): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
