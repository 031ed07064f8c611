import { ApiError } from '@jiankangbao/api-client/client'
import { failureKind, failureText } from '../words/failure-words.ts'
import { say } from '../words/words.ts'
import { Button } from './button.tsx'
import { Message } from './message.tsx'

const kinds = { busy: 'busy', network: 'network', failed: 'wrong' } as const

/** Why something did not work, and a way to try again. Nothing when `error` is undefined. */
export const Failure = ({ error, onRetry }: { error: unknown; onRetry?: () => void }) => {
  if (error === undefined) return null
  const reference = error instanceof ApiError && error.code === 'INTERNAL' ? error.requestId : undefined
  return (
    <Message kind={kinds[failureKind(error)]}>
      <p>{failureText(error)}</p>
      {reference !== undefined && <p className="small">{say('errors.reference', { id: reference })}</p>}
      {onRetry && (
        <Button kind="link" onClick={onRetry}>
          {say('action.retry')}
        </Button>
      )}
    </Message>
  )
}
