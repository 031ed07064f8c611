import { ApiError } from '@jiankangbao/api-client/client'
import { useCallback, useRef, useState } from 'react'
import { useScreenParams } from '../../platform/screen-params.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { MemberSwitcher } from '../members/member-switcher.tsx'
import { usePages } from '../records/use-pages.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { CodeEventText } from './code-event.tsx'
import { drawColourLine } from './colour-line.ts'

const useCodeEvents = (memberId: string | undefined) => {
  const head = useRef<{ who: string; colour: 'green' | 'yellow' | 'red' | 'none' }>(undefined)
  const load = useCallback(
    async (cursor: string | undefined) => {
      const page = await api.call('listMyCodeEvents', {
        query: {
          ...(cursor === undefined ? {} : { cursor }),
          ...(memberId === undefined ? {} : { memberId }),
        },
      })
      if (cursor === undefined) head.current = { who: page.who, colour: page.colour }
      return { rows: page.events, nextCursor: page.nextCursor }
    },
    [memberId],
  )
  return { pages: usePages(load, ({ eventId }) => eventId), head: head.current }
}

const isOwnAccount = (error: unknown): boolean => error instanceof ApiError && error.code === 'NOT_FOUND'

const CodeLine = ({ memberId }: { memberId: string | undefined }) => {
  const { pages, head } = useCodeEvents(memberId)
  if (isOwnAccount(pages.error)) return <Message kind="info">{say('codeHistory.ownAccount')}</Message>
  return (
    <div className="stack">
      <Failure error={pages.error} onRetry={pages.retry} />
      {pages.loading && !pages.loaded && <p role="status">{say('state.loading')}</p>}
      {head && pages.loaded && (
        <ol className="code-line" aria-label={say('codeHistory.title')}>
          <li className={`code-row code-row-${head.colour} code-now`}>
            <span className={`code-dot code-dot-${head.colour}`} aria-hidden="true" />
            <p className="step">
              <span className="step-words">
                {say('codeHistory.now')} {memberId === undefined ? '' : head.who}
              </span>
              <span className={`chip chip-${head.colour}`}>{say(`colour.${head.colour}`)}</span>
            </p>
          </li>
          {drawColourLine(head.colour, pages.rows).map(({ event, before, after }) => (
            <li className={`code-row code-row-${before}`} key={event.eventId} data-testid="code-event">
              <span
                className={event.kind === 'change' ? `code-dot code-dot-${after}` : 'code-eye'}
                aria-hidden="true"
              />
              <div className="code-text">
                <CodeEventText event={event} who={memberId === undefined ? undefined : head.who} />
              </div>
            </li>
          ))}
        </ol>
      )}
      {pages.loaded && pages.rows.length === 0 && <p className="empty">{say('codeHistory.empty')}</p>}
      {pages.more && (
        <Button kind="quiet" onClick={pages.more} busy={pages.loading}>
          {say('records.moreRows')}
        </Button>
      )}
    </div>
  )
}

/** Every change of colour with its reasons and who decided it, and every look-up, along one line. */
export const CodeHistoryScreen = () => {
  const open = useGate('code-history')
  const { member } = useScreenParams('code-history')
  const [memberId, setMemberId] = useState(member)
  return (
    <Screen name="code-history">
      <p className="lead">{say('codeHistory.lead')}</p>
      {open && (
        <MemberSwitcher
          label={say('codeHistory.whose')}
          chosen={memberId}
          onChoose={setMemberId}
          offers={({ ownAccount }) => !ownAccount}
        />
      )}
      {open && <CodeLine key={memberId ?? 'me'} memberId={memberId} />}
    </Screen>
  )
}
