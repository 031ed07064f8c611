import type { ReactElement } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Failure } from '../../ui/failure.tsx'
import { say } from '../../words/words.ts'
import { loadStart, type Start } from './start.ts'
import { noPlace } from './stays.ts'

interface StartFormProps {
  corrects: string | undefined
  member: string | undefined
  render: (start: Start) => ReactElement
}

/** Shows a form once it is known what it begins with; something new can be declared without knowing. */
export const StartForm = ({ corrects, member, render }: StartFormProps) => {
  const { value, error, reload } = useRemote(() => loadStart(corrects, member))
  const start = value ?? (error !== undefined && corrects === undefined ? { where: noPlace } : undefined)
  if (!start && error === undefined) return <p role="status">{say('state.loading')}</p>
  if (!start) return <Failure error={error} onRetry={reload} />
  return (
    <>
      {start.corrected && (
        <p className="lead">{say('declare.correcting', { version: start.corrected.version })}</p>
      )}
      {render(start)}
    </>
  )
}
