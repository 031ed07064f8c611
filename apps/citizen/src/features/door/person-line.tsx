import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { clockText, momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { personKeyOf } from './answers.ts'
import { lastFamily } from './company.ts'
import { type Row, wordKeyOf } from './verdict.ts'

const marks = { admit: '✓', review: '!', deny: '✕' } as const

/** What a person of a result is called. Of a companion whom the platform does not know, the server repeats no name. */
export const nameOf = ({ visit: { nameMasked, companion, memberId }, isOwn }: Row): string => {
  if (isOwn) return say('door.named', { name: nameMasked, who: say('door.me') })
  if (companion !== undefined)
    return nameMasked === '' ? say('door.companion', { at: companion + 1 }) : nameMasked
  const relative = lastFamily().find((each) => each.memberId === memberId)
  return relative
    ? say('door.named', { name: nameMasked, who: say(`family.relations.${relative.relation}`) })
    : nameMasked
}

interface PersonLineProps {
  row: Row
  onWithdrawn: (row: Row, at: string) => void
}

/** One person of a result: name, colour, own word, what stands against it, and "not here this time" for whoever was stated. */
export const PersonLine = ({ row, onWithdrawn }: PersonLineProps) => {
  const { visit, withdrawnAt } = row
  if (withdrawnAt !== undefined)
    return (
      <li className="person person-gone" data-testid="person" data-withdrawn="true">
        <div className="person-head">
          <span className="person-name">{nameOf(row)}</span>
        </div>
        <p className="small">{say('door.withdrawn', { at: clockText(Date.parse(withdrawnAt)) })}</p>
      </li>
    )
  return (
    <li className="person" data-testid="person" data-decision={visit.decision} data-colour={visit.colour}>
      <div className="person-head">
        <span className="person-name">{nameOf(row)}</span>
        <span className={`chip chip-${visit.colour}`}>{say(`colour.${visit.colour}`)}</span>
        <span className={`verdict verdict-${visit.decision}`}>
          <span aria-hidden="true">{marks[visit.decision]}</span> {say(wordKeyOf(visit))}
        </span>
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
      {!row.isOwn && !visit.reasons.includes('companion_to_confirm') && (
        <NotHere row={row} onWithdrawn={onWithdrawn} />
      )}
    </li>
  )
}

/** One tap: the visit of this person is marked as withdrawn. */
const NotHere = ({ row, onWithdrawn }: PersonLineProps) => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const withdraw = () => {
    setBusy(true)
    setError(undefined)
    const visitId = `${row.scanId}.${personKeyOf(row.visit)}`
    api
      .call('withdrawVisit', { params: { visitId } })
      .then(({ withdrawnAt }) => onWithdrawn(row, withdrawnAt), setError)
      .then(() => setBusy(false))
  }
  return (
    <>
      <Button
        kind="quiet"
        busy={busy}
        onClick={withdraw}
        label={say('door.notHereLabel', { name: nameOf(row) })}
      >
        {say('door.notHere')}
      </Button>
      <Failure error={error} />
    </>
  )
}
