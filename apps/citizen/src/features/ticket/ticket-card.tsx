import type { Ticket } from '@jiankangbao/contracts/ticket/schemas'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { TicketActs, type TicketActsProps } from './ticket-acts.tsx'
import './ticket.css'

const verdictOf = ({ state, closing }: Ticket): string => {
  if (state === 'answered') return 'admit'
  if (state !== 'closed') return 'review'
  return closing === 'withdrawn' || closing === 'unreached' ? 'deny' : 'admit'
}

const Entries = ({ entries }: { entries: Ticket['entries'] }) => (
  <ol className="timeline">
    {entries.map(({ at, step, office, words }) => (
      <li className="timeline-row" key={`${at} ${step}`}>
        <p className="timeline-at">{momentText(at)}</p>
        <p>
          {say(`ticket.step.${step}`)}
          {office !== undefined && ` · ${office}`}
        </p>
        {words !== undefined && step !== 'answered' && <p className="ticket-words">{words}</p>}
      </li>
    ))}
  </ol>
)

/** What was asked for in the form of its kind. */
const askedText = ({ kind, choice, place, happenedOn }: Ticket): string =>
  [
    say(`ticket.kinds.${kind}`),
    choice === undefined ? '' : say(`ticket.choices.${choice}`),
    place ?? '',
    happenedOn ?? '',
  ]
    .filter((text) => text !== '')
    .join(' · ')

/** One ticket with everything that may be known of it. */
export const TicketCard = ({ ticket, ...acts }: TicketActsProps) => (
  <li className="card stack" data-testid="ticket" data-state={ticket.state}>
    <p className="row">
      <span className={`verdict verdict-${verdictOf(ticket)}`}>{say(`ticket.state.${ticket.state}`)}</span>
      <span className="small">{say('ticket.number', { number: ticket.number })}</span>
    </p>
    <p className="timeline-title">{askedText(ticket)}</p>
    <p className="small">
      {say('ticket.at', { at: momentText(ticket.submittedAt), division: ticket.divisionName })}
      {ticket.channel === 'call' && ` · ${say('ticket.byPhone')}`}
      {ticket.pictures > 0 && ` · ${say('ticket.withPictures', { count: ticket.pictures })}`}
      {ticket.rounds > 1 && ` · ${say('ticket.again', { count: ticket.rounds })}`}
    </p>
    {ticket.memberMasked !== undefined && (
      <p className="small">{say('ticket.about', { name: ticket.memberMasked })}</p>
    )}
    {ticket.mergedInto !== undefined && (
      <p className="small">{say('ticket.together', { number: ticket.mergedInto })}</p>
    )}
    {ticket.appeal && <p className="small">{say('ticket.byAppeal')}</p>}
    <p className="ticket-words">{ticket.statement}</p>
    {ticket.answer !== undefined && (
      <div className="field" data-testid="ticket-answer">
        <p className="field-label">{say('ticket.answer')}</p>
        <p className="ticket-words">{ticket.answer}</p>
      </div>
    )}
    {ticket.closing !== undefined && <p className="small">{say(`ticket.closing.${ticket.closing}`)}</p>}
    <Entries entries={ticket.entries} />
    <TicketActs ticket={ticket} {...acts} />
  </li>
)
