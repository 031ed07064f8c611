import { useCallback, useEffect, useRef, useState } from 'react'

export interface Remote<T> {
  value: T | undefined
  error: unknown
  loading: boolean
  reload: () => void
}

/** Loads something when the screen opens. After `reload` the value before stays until the next one is there. */
export const useRemote = <T>(load: () => Promise<T>): Remote<T> => {
  const [state, setState] = useState<{ value?: T; error?: unknown; loading: boolean }>({ loading: true })
  const latest = useRef(load)
  latest.current = load
  const round = useRef(0)
  const reload = useCallback(() => {
    const mine = ++round.current
    setState((before) => ({ ...before, error: undefined, loading: true }))
    latest.current().then(
      (value) => mine === round.current && setState({ value, loading: false }),
      (error) => mine === round.current && setState((before) => ({ ...before, error, loading: false })),
    )
  }, [])
  useEffect(() => {
    reload()
    return () => {
      round.current++
    }
  }, [reload])
  return { value: state.value, error: state.error, loading: state.loading, reload }
}
