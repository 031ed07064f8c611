import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { outbox } from './kept-scans.ts'
import { useOutbox } from './use-outbox.ts'

const venueText = (scan: { venueName?: string; venueCode: string }): string =>
  scan.venueName ?? say('outbox.unknownVenue', { code: scan.venueCode })

const whyText = (why: string): string => {
  if (why === 'too_old') return say('outbox.tooOld')
  return why === 'members_gone' ? say('outbox.membersGone') : sayCode('errors', why)
}

/** The own scans that wait to be sent, and those that could not be recorded, each until the person has seen it. */
export const OutboxPanel = () => {
  const { waiting, lost } = useOutbox()
  return (
    <>
      {waiting.length > 0 && (
        <section className="card stack" data-testid="outbox-waiting">
          <h2 className="card-title">{say('home.outbox', { count: waiting.length })}</h2>
          <Message kind="network">{say('outbox.means')}</Message>
          <ul className="outbox-list">
            {waiting.map(({ body, venueName }) => (
              <li className="outbox-scan" key={body.requestId} data-testid="outbox-scan">
                <p className="outbox-venue">
                  {venueText({
                    venueCode: body.venueCode,
                    ...(venueName === undefined ? {} : { venueName }),
                  })}
                </p>
                <p className="small">
                  {momentText(body.scannedAt)} · {say('outbox.waiting')}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {lost.length > 0 && (
        <section className="card stack" data-testid="outbox-lost">
          <h2 className="card-title">{say('outbox.lostTitle', { count: lost.length })}</h2>
          <ul className="outbox-list">
            {lost.map((scan) => (
              <li className="outbox-scan" key={scan.requestId} data-testid="outbox-lost-scan">
                <p className="outbox-venue">{venueText(scan)}</p>
                <p className="small">{momentText(scan.scannedAt)}</p>
                <p>{whyText(scan.why)}</p>
                <Button
                  kind="link"
                  label={say('outbox.dismiss', { venue: venueText(scan), at: momentText(scan.scannedAt) })}
                  onClick={() => outbox.dismiss(scan.requestId)}
                >
                  {say('action.understood')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** On the way in: scans wait on this phone. Names nobody and no place. */
export const OutboxNote = () => {
  const { anybodys } = useOutbox()
  return anybodys > 0 ? (
    <Message kind="info">{say('outbox.beforeSignIn', { count: anybodys })}</Message>
  ) : null
}
