import { ApiError } from '@jiankangbao/api-client/client'
import { useMemo } from 'react'
import { useNow } from '../state/use-now.ts'
import { failureKind, failureText } from '../words/failure-words.ts'
import { say } from '../words/words.ts'
import { Button } from './button.tsx'
import { Message } from './message.tsx'

const kinds = { busy: 'busy', network: 'network', timeout: 'busy', failed: 'wrong' } as const

/** The server said when it may be asked again; until then the button waits with the person. */
const RetryButton = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => {
  const told = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) : 0
  // A new error is a new answer: its time counts from here.
  const failedAt = useMemo(() => ({ error, at: Date.now() }), [error]).at
  const seconds = Math.max(0, Math.ceil((failedAt + told * 1000 - useNow(500)) / 1000))
  return (
    <Button kind="link" onClick={onRetry} disabled={seconds > 0}>
      {seconds > 0 ? say('state.retryIn', { seconds }) : say('action.retry')}
    </Button>
  )
}

/**
 * Why something did not work, and a way to try again. What the server put off because it is busy is something to look
 * at later, not a fault. Nothing when `error` is undefined.
 */
export const Failure = ({ error, onRetry }: { error: unknown; onRetry?: () => void }) => {
  if (error === undefined) return null
  const kind = failureKind(error)
  const reference = error instanceof ApiError && error.code === 'INTERNAL' ? error.requestId : undefined
  return (
    <Message kind={kinds[kind]}>
      {kind === 'busy' && onRetry && (
        <p>
          <strong>{say('state.later')}</strong>
        </p>
      )}
      <p>{failureText(error)}</p>
      {reference !== undefined && <p className="small">{say('errors.reference', { id: reference })}</p>}
      {onRetry && <RetryButton error={error} onRetry={onRetry} />}
    </Message>
  )
}
