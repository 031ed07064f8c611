import type { PolicyAnswer } from '@jiankangbao/contracts/announcement/schemas'
import { goTo } from '../../platform/navigate.ts'
import { callPhone } from '../../platform/phone-call.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { dayText, momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { textOf } from './announcement-row.tsx'
import { MeasureList, rowOrigin } from './policy-row.tsx'
import './announcements.css'

type Found = PolicyAnswer['found'][number]

const FoundRow = ({ found: { row, policy, placeNames, fit } }: { found: Found }) => (
  <li className="policy-found" data-testid="policy-found">
    {fit === 'part' && <p className="policy-part">{say('origin.part')}</p>}
    <p className="notice-row-origin">{rowOrigin(row, placeNames)}</p>
    <MeasureList row={row} />
    <Button kind="link" onClick={() => goTo('announcement', { id: policy.announcementId })}>
      {[textOf(policy.title), policy.number, policy.issuedOn].filter(Boolean).join(' · ')}
    </Button>
  </li>
)

const Answer = ({ answer }: { answer: PolicyAnswer }) => {
  const call = (
    <Button kind="link" onClick={() => callPhone(answer.hotline)}>
      {say('action.call', { number: answer.hotline })}
    </Button>
  )
  if (answer.found.length === 0)
    return (
      <Message kind="info">
        <span data-testid="policy-nothing">{say('origin.nothing', { place: answer.placeName })}</span>
        {call}
      </Message>
    )
  return (
    <>
      {answer.differs && <Message kind="info">{say('origin.differs')}</Message>}
      <ul className="policy-list">
        {answer.found.slice(0, 6).map((found) => (
          <FoundRow
            key={`${found.policy.announcementId} ${found.row.paragraph} ${found.row.words.zh}`}
            found={found}
          />
        ))}
      </ul>
      <p className="small">{say('origin.mayChange')}</p>
      {call}
    </>
  )
}

/** What applies today in this city to somebody who comes from a place and left it on a day (YYYY-MM-DD). */
export const PolicyAnswerCard = ({ placeCode, leftOn }: { placeCode: string; leftOn?: string }) => {
  const { value, error, loading, reload } = useRemote(() =>
    api.call('askPolicies', { query: { placeCode, ...(leftOn === undefined ? {} : { leftOn }) } }),
  )
  return (
    <section className="card policy-answer" aria-label={say('origin.answer')} data-testid="policy-answer">
      <h2 className="card-title">{say('origin.answer')}</h2>
      <Failure error={error} onRetry={reload} />
      {!value && loading && <p role="status">{say('state.loading')}</p>}
      {value && (
        <>
          <p className="small">
            {say('origin.about', {
              place: value.placeName,
              day: value.leftOn || dayText(Date.now()),
              at: momentText(value.answeredAt),
            })}
          </p>
          <Answer answer={value} />
        </>
      )}
    </section>
  )
}
