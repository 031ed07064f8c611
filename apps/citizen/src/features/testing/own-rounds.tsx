import type { OwnTestRound } from '@jiankangbao/contracts/round/schemas'
import { useRemote } from '../../state/use-remote.ts'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { WhyNot } from './why-not.tsx'

/** What a round still asks: until its end to come, afterwards by the deadline. */
const untilText = (round: OwnTestRound): string | undefined => {
  if (round.state === 'to_come')
    return say('testing.roundWhen', { from: momentText(round.fromAt), until: momentText(round.untilAt) })
  return round.state === 'missed' ? say('testing.roundDue', { at: momentText(round.dueAt) }) : undefined
}

/** Rounds of testing that ask for this person. Nothing is shown where there are none, or where they can not be read now. */
export const OwnRounds = ({ memberId }: { memberId: string | undefined }) => {
  const { value, reload } = useRemote(() => api.call('listOwnTestRounds', {}))
  const rounds = value ? value.rounds.filter((round) => round.memberId === memberId) : []
  if (rounds.length === 0) return null
  return (
    <ul className="sites">
      {rounds.map((round) => (
        <li
          key={round.roundId}
          className={`card own-round own-round-${round.state}`}
          data-testid="own-round"
          data-state={round.state}
        >
          <p className="my-test-word">{say(`testing.roundState.${round.state}`)}</p>
          <p>
            {round.name} · {say(`testing.roundKind.${round.kind}`)}
          </p>
          {untilText(round) !== undefined && <p className="small">{untilText(round)}</p>}
          <WhyNot round={round} onSaid={reload} />
        </li>
      ))}
    </ul>
  )
}
