import { useCallback, useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'

interface Page<Row> {
  rows: Row[]
  nextCursor?: string | undefined
}

/** A list that comes in pages by key. */
export const usePages = <Row>(load: (cursor: string | undefined) => Promise<Page<Row>>) => {
  const first = useRemote(() => load(undefined))
  const [later, setLater] = useState<{ rows: Row[]; nextCursor: string | undefined }>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const nextCursor = later ? later.nextCursor : first.value?.nextCursor
  const more = useCallback(async () => {
    if (nextCursor === undefined) return
    setBusy(true)
    setError(undefined)
    try {
      const page = await load(nextCursor)
      setLater((before) => ({ rows: [...(before?.rows ?? []), ...page.rows], nextCursor: page.nextCursor }))
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }, [load, nextCursor])
  return {
    rows: [...(first.value?.rows ?? []), ...(later?.rows ?? [])],
    loaded: first.value !== undefined,
    loading: first.loading || busy,
    error: first.error ?? error,
    retry: first.error === undefined ? more : first.reload,
    more: nextCursor === undefined ? undefined : more,
  }
}
