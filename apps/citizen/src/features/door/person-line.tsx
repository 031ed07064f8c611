import type { VisitResult } from '@jiankangbao/contracts/schemas/door'
import { momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { wordKeyOf } from './verdict.ts'

const marks = { admit: '✓', review: '!', deny: '✕' } as const

// Of a companion whom the platform does not know, the server repeats no name.
const nameOf = ({ nameMasked, companion }: VisitResult): string =>
  nameMasked === '' && companion !== undefined ? say('door.companion', { at: companion + 1 }) : nameMasked

/** One person of a result: name, colour, own word where several came, and what stands against it. */
export const PersonLine = ({ visit, showWord }: { visit: VisitResult; showWord: boolean }) => (
  <li className="person" data-testid="person" data-decision={visit.decision} data-colour={visit.colour}>
    <div className="person-head">
      <span className="person-name">{nameOf(visit)}</span>
      <span className={`chip chip-${visit.colour}`}>{say(`colour.${visit.colour}`)}</span>
      {showWord && (
        <span className={`verdict verdict-${visit.decision}`}>
          <span aria-hidden="true">{marks[visit.decision]}</span> {say(wordKeyOf(visit))}
        </span>
      )}
    </div>
    <p className="small">
      {visit.latestTestAt === undefined
        ? say('pass.testNone')
        : say('door.test', { at: momentText(visit.latestTestAt) })}
    </p>
    {visit.reasons.length > 0 && (
      <ul className="person-reasons" aria-label={say('door.missing')}>
        {visit.reasons.map((reason) => (
          <li key={reason}>{sayCode('decisionReason', reason)}</li>
        ))}
      </ul>
    )}
  </li>
)
