import { useCallback, useEffect, useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { mergeRows } from './merge-rows.ts'

interface Page<Row> {
  rows: Row[]
  nextCursor?: string | undefined
}

/** A list that comes in pages by key; `renew` puts what is new on top of what is shown. */
export const usePages = <Row>(
  load: (cursor: string | undefined) => Promise<Page<Row>>,
  keyOf: (row: Row) => string,
) => {
  const first = useRemote(() => load(undefined))
  const [shown, setShown] = useState<Page<Row>>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    const { value } = first
    if (!value) return
    setShown((before) => {
      const { rows, met } = mergeRows(value.rows, before?.rows ?? [], keyOf)
      return { rows, nextCursor: met ? before?.nextCursor : value.nextCursor }
    })
  }, [first.value])
  const nextCursor = shown?.nextCursor
  const more = useCallback(async () => {
    if (nextCursor === undefined) return
    setBusy(true)
    setError(undefined)
    try {
      const page = await load(nextCursor)
      setShown((before) => ({ rows: [...(before?.rows ?? []), ...page.rows], nextCursor: page.nextCursor }))
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }, [load, nextCursor])
  return {
    rows: shown?.rows ?? [],
    loaded: shown !== undefined,
    loading: (first.loading && shown === undefined) || busy,
    error: first.error ?? error,
    retry: first.error === undefined ? more : first.reload,
    more: nextCursor === undefined ? undefined : more,
    renew: first.reload,
  }
}
