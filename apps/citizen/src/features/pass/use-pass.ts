import { backoffMs } from '@jiankangbao/api-client/retry-timing'
import { useCallback, useEffect, useRef, useState } from 'react'
import { onReconnected } from '../../platform/connection.ts'
import { useNow } from '../../state/use-now.ts'
import { useLive } from '../live/use-live.ts'
import { api } from '../session/api.ts'
import { isCode } from '../session/is-code.ts'
import { type ReceivedPass, receivePass, viewPass } from './pass-freshness.ts'
import { planAfterAnswer, planAfterLive } from './pass-plan.ts'

interface State {
  received?: ReceivedPass
  error?: unknown
  retryAt?: number
}

/**
 * The live pass of the account holder or a member: renewed every 30 seconds, at once when the server says the status
 * changed or the socket is back, every 10 seconds while it is down, and with growing pauses after failures.
 */
export const usePass = (memberId: string | undefined, onNotice: () => void) => {
  const [state, setState] = useState<State>({})
  const [loading, setLoading] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const round = useRef(0)
  const failures = useRef(0)
  const isLive = useRef(false)
  const answeredAt = useRef(0)
  const dueAt = useRef(0)

  const load = useCallback(async () => {
    const mine = ++round.current
    clearTimeout(timer.current)
    setLoading(true)
    const plan = (milliseconds: number) => {
      dueAt.current = Date.now() + milliseconds
      timer.current = setTimeout(load, milliseconds)
    }
    try {
      const pass = await api.call('getPass', { query: memberId === undefined ? {} : { memberId } })
      if (mine !== round.current) return
      failures.current = 0
      setState({ received: receivePass(pass, Date.now()) })
      answeredAt.current = Date.now()
      plan(planAfterAnswer(isLive.current, pass.personalCode.refreshAfterSeconds * 1000))
    } catch (error) {
      if (mine !== round.current) return
      failures.current++
      const retryAfterSeconds = isCode(error, 'BUSY', 'DATABASE_RESTORED', 'TOO_MANY_REQUESTS')
        ? error.retryAfterSeconds
        : undefined
      const wait = backoffMs(failures.current - 1, retryAfterSeconds)
      // Stopped by the server: what is on the screen must not be shown for the rest of its minute.
      const isHeld = isCode(error, 'CODE_ON_HOLD')
      setState((before) => ({ ...(isHeld ? {} : before), error, retryAt: Date.now() + wait }))
      plan(wait)
    } finally {
      if (mine === round.current) setLoading(false)
    }
  }, [memberId])

  useEffect(() => {
    setState({})
    answeredAt.current = 0
    void load()
    const stopListening = onReconnected(load)
    return () => {
      stopListening()
      round.current++
      clearTimeout(timer.current)
    }
  }, [load])

  const live = useLive({ statusChanged: load, notice: onNotice })
  isLive.current = live
  useEffect(() => {
    const now = Date.now()
    const wait = planAfterLive(live, { ageMs: now - answeredAt.current, dueInMs: dueAt.current - now })
    // Nothing to plan anew before the first answer, nor while one is on its way.
    if (wait === undefined || answeredAt.current === 0) return
    clearTimeout(timer.current)
    timer.current = setTimeout(load, wait)
  }, [live, load])
  const now = useNow(500)
  return {
    view: viewPass(state.received, state.error, now),
    error: state.error,
    retrySeconds: state.retryAt === undefined ? 0 : Math.max(0, Math.ceil((state.retryAt - now) / 1000)),
    live,
    loading,
    reload: load,
  }
}
