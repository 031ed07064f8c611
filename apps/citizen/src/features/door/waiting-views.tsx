import type { Keeping } from '@jiankangbao/outbox/outbox'
import { useEffect } from 'react'
import { vibrate } from '../../platform/attention.ts'
import { useNow } from '../../state/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { say } from '../../words/words.ts'
import { keptText } from './kept-text.ts'

/** The server is busy: not a pass, not a refusal; tries again by itself. */
export const WaitingView = ({ retryAt }: { retryAt: number }) => {
  const seconds = Math.max(0, Math.ceil((retryAt - useNow(500)) / 1000))
  return (
    <section className="result result-grey" role="status" data-testid="result" data-state="busy">
      <p className="result-mark" aria-hidden="true">
        …
      </p>
      <h2 className="result-word">{say('door.busyTitle')}</h2>
      <p>{say('door.waiting')}</p>
      <p className="result-line">
        <LiveText>{seconds > 0 ? say('state.busyRetry', { seconds }) : say('renewing.now')}</LiveText>
      </p>
    </section>
  )
}

interface KeptViewProps {
  sending: boolean
  keeping: Keeping
  onHome: () => void
}

/** No answer: not confirmed, plainly no pass, and safe on this phone only where that is true. */
export const KeptView = ({ sending, keeping, onHome }: KeptViewProps) => {
  useEffect(() => vibrate('short'), [])
  return (
    <div className="stack">
      <section className="result result-grey" role="status" data-testid="result" data-state="kept">
        <p className="result-mark" aria-hidden="true">
          ⇅
        </p>
        <h2 className="result-word">{say('door.keptTitle')}</h2>
        <p data-testid="keeping" data-keeping={keeping}>
          {keptText(keeping)}
        </p>
        <p className="result-line">{sending ? say('door.checkingNet') : say('door.keptAsk')}</p>
      </section>
      <Button kind="quiet" onClick={onHome}>
        {say('action.home')}
      </Button>
    </div>
  )
}
