import type { Pass } from '@jiankangbao/contracts/code/schemas'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'

/** The latest test in one line. */
export const TestLine = ({ test, serverNow }: { test: Pass['latestTest']; serverNow: number }) => {
  if (!test)
    return (
      <p className="card test-line" data-testid="latest-test">
        <span>{say('pass.test')}</span>
        <span>{say('pass.testNone')}</span>
      </p>
    )
  const hours = Math.max(0, Math.floor((serverNow - Date.parse(test.sampledAt)) / 3_600_000))
  return (
    <p className="card test-line" data-testid="latest-test">
      <span>{say('pass.test')}</span>
      <span className={`test-${test.result}`}>
        {say(`testResult.${test.result}`)} · {momentText(test.sampledAt)} · {say('pass.testHours', { hours })}
      </span>
    </p>
  )
}
