import type { CheckWarning } from '@jiankangbao/contracts/check/schemas'
import { useCallback, useEffect, useRef, useState } from 'react'
import { fetchWarnings } from './check-client.ts'

/** A live code lives a minute: within it, and a little after, another door may see it too. */
const WATCHED_MS = 80_000
const ASK_MS = 20_000

/**
 * The first check of a code that turned up at another door. Asked for only while a code checked here may still live: a door
 * where nobody comes asks nothing.
 * @param checked changes with every answer shown
 */
export const useWarnings = (pointId: string, checked: unknown) => {
  const [warning, setWarning] = useState<CheckWarning>()
  const closed = useRef(new Set<string>())
  const until = useRef(0)
  useEffect(() => {
    if (checked) until.current = Date.now() + WATCHED_MS
  }, [checked])
  useEffect(() => {
    const look = async (): Promise<void> => {
      if (Date.now() > until.current || !navigator.onLine) return
      try {
        const { warnings } = await fetchWarnings(pointId)
        setWarning(warnings.find(({ requestId }) => !closed.current.has(requestId)))
      } catch {
        // The next look is in a moment; a check says by itself where nobody answers.
      }
    }
    const timer = setInterval(() => void look(), ASK_MS)
    return () => clearInterval(timer)
  }, [pointId])
  const close = useCallback(() => {
    setWarning((shown) => {
      if (shown) closed.current.add(shown.requestId)
      return undefined
    })
  }, [])
  return { warning, close }
}
