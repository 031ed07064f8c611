import { useRemote } from '../../state/use-remote.ts'
import { momentText } from '../../words/time-words.ts'
import { say, sayText } from '../../words/words.ts'
import { api } from '../session/api.ts'

/** Tests that rules ask of this person, by when and why. Nothing is shown where there are none, or where they can not be read now. */
export const OwnRequired = ({ memberId }: { memberId: string | undefined }) => {
  const { value } = useRemote(() => api.call('listOwnRequiredTests', {}))
  const tests = value ? value.tests.filter((test) => test.memberId === memberId) : []
  if (tests.length === 0) return null
  return (
    <ul className="sites">
      {tests.map((test) => (
        <li
          key={test.rule}
          className={`card own-round own-round-${test.overdue ? 'missed' : 'to_come'}`}
          data-testid="own-required"
          data-state={test.overdue ? 'overdue' : 'due'}
        >
          <p className="my-test-word">{say(test.overdue ? 'testing.requiredLate' : 'testing.required')}</p>
          <p>
            {test.title ? `${sayText(test.title)} · ` : ''}
            {say(`testing.requiredKind.${test.single ? 'single' : 'any'}`)}
          </p>
          <p className="small">{say('testing.requiredBy', { at: momentText(test.dueAt) })}</p>
        </li>
      ))}
    </ul>
  )
}
