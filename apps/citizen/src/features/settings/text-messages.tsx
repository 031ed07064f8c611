import { useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Tick } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

/** Whether this account gets a text message when a colour it holds changes. */
export const TextMessages = () => {
  const stored = useRemote(() => api.call('getColourTexts', {}))
  const [changed, setChanged] = useState<boolean>()
  const [error, setError] = useState<unknown>()
  const change = async (wanted: boolean) => {
    setChanged(wanted)
    setError(undefined)
    try {
      setChanged((await api.call('setColourTexts', { body: { wanted } })).wanted)
    } catch (refusal) {
      setChanged(undefined)
      setError(refusal)
    }
  }
  return (
    <>
      {stored.value && (
        <Tick
          kind="switch"
          text={say('settings.texts')}
          hint={say('settings.textsHint')}
          ticked={changed ?? stored.value.wanted}
          onChange={(wanted) => void change(wanted)}
        />
      )}
      <Failure error={stored.error} onRetry={stored.reload} />
      <Failure error={error} />
    </>
  )
}
