import type { SentRequest } from '@jiankangbao/contracts/member/schemas'
import { Button } from '../../ui/button.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'

interface SentRequestsProps {
  waiting: readonly SentRequest[]
  busy: boolean
  onWithdraw: (request: SentRequest) => void
}

/** Whom the account holder has asked. It says the same of everybody, whether they have a phone or not. */
export const SentRequests = ({ waiting, busy, onWithdraw }: SentRequestsProps) => {
  if (waiting.length === 0) return null
  return (
    <section className="stack" aria-label={say('family.waitingTitle')}>
      <h2 className="card-title">{say('family.waitingTitle')}</h2>
      <ul className="plain-list stack">
        {waiting.map((request) => (
          <li className="card stack" key={request.familyRequestId} data-testid="sent-request">
            <div className="person-head">
              <span className="person-name">{request.nameMasked}</span>
              <span className="chip">{say(`family.relations.${request.relation}`)}</span>
            </div>
            <p className="small">{say('family.waitingText', { at: momentText(request.expiresAt) })}</p>
            <Button
              kind="link"
              busy={busy}
              label={`${say('family.withdraw')} ${request.nameMasked}`}
              onClick={() => onWithdraw(request)}
            >
              {say('family.withdraw')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
