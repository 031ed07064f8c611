import type { CodeChange, CodeEvent, CodeLookup, CodeReason } from '@jiankangbao/contracts/history/schemas'
import { momentText } from '../../words/time-words.ts'
import { say, sayCategory, sayCode } from '../../words/words.ts'
import { useHotline } from '../session/client-config.ts'

type Decision = Pick<CodeReason, 'proposedAt' | 'proposedBy' | 'approvedAt' | 'approvedBy'>

const DecisionLines = ({ proposedAt, proposedBy, approvedAt, approvedBy }: Decision) => (
  <>
    {proposedBy !== undefined && proposedAt !== undefined && (
      <p className="small">
        {say('codeHistory.proposed', { office: proposedBy, at: momentText(proposedAt) })}
      </p>
    )}
    {approvedBy !== undefined && approvedAt !== undefined && (
      <p className="small">
        {say('codeHistory.approved', { office: approvedBy, at: momentText(approvedAt) })}
      </p>
    )}
  </>
)

const ReasonLines = ({ reason }: { reason: CodeReason }) => (
  <div className={`reason reason-${reason.colour}`}>
    <p className="reason-title">{sayCategory(reason.title)}</p>
    <p className="reason-dates">
      {say('pass.since', { at: momentText(reason.since) })}
      {reason.until !== undefined && ` · ${say('pass.until', { at: momentText(reason.until) })}`}
    </p>
    {reason.condition !== undefined && (
      <p className="reason-dates">{sayCode('condition', reason.condition)}</p>
    )}
    <DecisionLines {...reason} />
  </div>
)

const ColourStep = ({ from, to }: Pick<CodeChange, 'from' | 'to'>) => {
  if (from === to) return <p className="step-words">{say('codeHistory.same')}</p>
  return (
    <p className="step">
      {from === undefined ? (
        <span className="step-words">{say('codeHistory.first')}</span>
      ) : (
        <>
          <span className={`chip chip-${from}`}>{say(`colour.${from}`)}</span>
          <span className="step-arrow" aria-hidden="true">
            →
          </span>
          <span className="out-of-sight">{say('codeHistory.to')}</span>
        </>
      )}
      <span className={`chip chip-${to}`}>{say(`colour.${to}`)}</span>
    </p>
  )
}

const Change = ({ change }: { change: CodeChange }) => {
  const hotline = useHotline()
  return (
    <>
      <p className="timeline-at">{momentText(change.at)}</p>
      <ColourStep {...change} />
      <p className="small">{say(`codeHistory.cause.${change.cause}`)}</p>
      {change.reasons.map((reason) => (
        <ReasonLines key={`${reason.category} ${reason.since}`} reason={reason} />
      ))}
      {change.ended.map(({ category, title, ...decision }) => (
        <div key={category} className="reason reason-green">
          <p className="reason-title">{say('codeHistory.ended', { what: sayCategory(title) })}</p>
          <DecisionLines {...decision} />
        </div>
      ))}
      {change.reasons.length === 0 && change.to === 'green' && (
        <p className="small">{say('codeHistory.green')}</p>
      )}
      {change.reasons.some((reason) => reason.appealable) && (
        <p className="small">{say('pass.appeal', { hotline })}</p>
      )}
    </>
  )
}

const Lookup = ({ lookup, who }: { lookup: CodeLookup; who: string | undefined }) => (
  <>
    <p className="timeline-at">{momentText(lookup.at)}</p>
    <p className="timeline-title">
      {who === undefined
        ? say('codeHistory.looked', { office: lookup.by })
        : say('codeHistory.lookedOf', { office: lookup.by, who })}
    </p>
    <p className="small">
      {sayCode('records.means', lookup.means)} · {say('records.purpose', { purpose: lookup.purpose })}
    </p>
    {lookup.place !== undefined && <p className="small">{say('records.place', { place: lookup.place })}</p>}
  </>
)

/** One change or look-up; `who` is the member it is about, nothing for the account holder. */
export const CodeEventText = ({ event, who }: { event: CodeEvent; who: string | undefined }) =>
  event.kind === 'change' ? <Change change={event} /> : <Lookup lookup={event} who={who} />
