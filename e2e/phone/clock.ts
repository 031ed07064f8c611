interface Timer {
  at: number
  every: number | undefined
  call: () => void
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The time of a phone: goes as the world's, and can be moved on. */
export const createClock = (onError: (error: unknown) => void) => {
  let ahead = 0
  let next = 0
  let waiting: NodeJS.Timeout | undefined
  const timers = new Map<number, Timer>()
  const now = () => Date.now() + ahead

  const runDue = (): void => {
    for (const [id, timer] of [...timers].sort(([, a], [, b]) => a.at - b.at)) {
      if (timer.at > now() || !timers.has(id)) continue
      if (timer.every === undefined) timers.delete(id)
      else timer.at = now() + Math.max(4, timer.every)
      try {
        timer.call()
      } catch (error) {
        onError(error)
      }
    }
    plan()
  }
  const plan = (): void => {
    clearTimeout(waiting)
    const first = Math.min(...[...timers.values()].map(({ at }) => at))
    if (Number.isFinite(first)) waiting = setTimeout(runDue, Math.max(0, Math.min(first - now(), 2 ** 30)))
  }
  const set = (call: () => void, ms: unknown, repeats: boolean): number => {
    next += 1
    const wait = Math.max(0, Number(ms) || 0)
    timers.set(next, { at: now() + wait, every: repeats ? wait : undefined, call })
    plan()
    return next
  }
  return {
    now,
    setTimeout: (call: () => void, ms?: unknown) => set(call, ms, false),
    setInterval: (call: () => void, ms?: unknown) => set(call, ms, true),
    clear: (id: unknown) => void timers.delete(Number(id)),
    /** Moves the phone's time on; what falls due on the way runs in its order. */
    advance: async (ms: number): Promise<void> => {
      const until = now() + ms
      for (;;) {
        const first = Math.min(...[...timers.values()].map(({ at }) => at))
        if (!(first <= until)) break
        ahead += Math.max(0, first - now())
        runDue()
        await turn()
      }
      ahead += Math.max(0, until - now())
      runDue()
    },
    /** Lets what is due now, and what that sets off, happen: a person sees the answer to a touch before the next one. */
    settle: async (): Promise<void> => {
      for (let turns = 0, idle = 0; turns < 200 && idle < 4; turns += 1) {
        await turn()
        const first = Math.min(...[...timers.values()].map(({ at }) => at))
        idle = first <= now() + 5 ? 0 : idle + 1
        if (idle === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      }
    },
    end: () => {
      clearTimeout(waiting)
      timers.clear()
    },
  }
}

export type Clock = ReturnType<typeof createClock>
