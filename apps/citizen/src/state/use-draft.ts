import { useCallback, useState } from 'react'
import { dropDraft, keepDraft, readDraft } from './draft.ts'

/** A form's state that survives a reload. `change` takes the fields that changed; `drop` forgets it on this phone. */
export const useDraft = <T extends object>(name: string, empty: T) => {
  const [value, setValue] = useState<T>(() => ({ ...empty, ...readDraft<Partial<T>>(name) }))
  const change = useCallback(
    (part: Partial<T>) =>
      setValue((before) => {
        const next = { ...before, ...part }
        keepDraft(name, next)
        return next
      }),
    [name],
  )
  const drop = useCallback(() => dropDraft(name), [name])
  return { value, change, drop }
}
