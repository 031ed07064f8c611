import { useState } from 'react'

/** One deed at a time: whether it is under way, and why it was refused. */
export const useDeed = () => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = async (deed: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    try {
      await deed()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, run }
}
