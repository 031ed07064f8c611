import { useRemote } from '../../state/use-remote.ts'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

interface PersonChoiceProps {
  /** A member, or '' for the account holder. */
  value: string
  onChange: (memberId: string) => void
}

/** For whom something is declared; nothing to choose without members. */
export const PersonChoice = ({ value, onChange }: PersonChoiceProps) => {
  const list = useRemote(() => api.call('listMembers', {}))
  const members = list.value?.members ?? []
  // Without their family somebody would declare for themselves and not know it.
  if (list.error !== undefined) return <Failure error={list.error} onRetry={list.reload} />
  if (members.length === 0) return null
  return (
    <Choice
      layout="chips"
      label={say('declare.who')}
      value={value}
      options={[
        { value: '', text: say('entry.myself') },
        ...members.map(({ memberId, nameMasked }) => ({ value: memberId, text: nameMasked })),
      ]}
      onChange={onChange}
    />
  )
}
