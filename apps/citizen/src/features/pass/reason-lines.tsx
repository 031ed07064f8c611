import type { ReasonCondition, StatusReason } from '@jiankangbao/contracts/reasons'
import { momentText } from '../../words/time-words.ts'
import { say, sayCategory, sayCode } from '../../words/words.ts'

/** What is still outstanding; an evaluation by an earlier server names only the first. */
const conditionsOf = ({ condition, conditions }: StatusReason): ReasonCondition[] =>
  conditions ?? (condition === undefined ? [] : [{ key: condition }])

/** `1 of 2 negatives, at least 24 hours apart. Next sample not before …`; past instants are not worth words. */
const testsText = (tests: NonNullable<ReasonCondition['tests']>, nowMs: number): string => {
  const { counted, required, minimumHoursApart: hours, nextSampleFrom } = tests
  const parts = [say(`why.tests.${tests.kinds}`, { counted, required })]
  if (required > 1 && hours > 0) parts.push(say('why.tests.apart', { hours }))
  if (nextSampleFrom !== undefined && Date.parse(nextSampleFrom) > nowMs)
    parts.push(say('why.tests.next', { at: momentText(nextSampleFrom) }))
  return parts.join(say('why.tests.join'))
}

/** Since when, until when, and when all of it ends. */
const datesText = (reason: StatusReason): string => {
  const { since, until, endsAt, suspendedUntil } = reason
  const parts = [say('pass.since', { at: momentText(since) })]
  if (until !== undefined)
    parts.push(
      say(conditionsOf(reason).length > 0 ? 'why.untilEarliest' : 'pass.until', { at: momentText(until) }),
    )
  if (endsAt !== undefined && endsAt !== until) parts.push(say('why.endsAt', { at: momentText(endsAt) }))
  if (suspendedUntil !== undefined) parts.push(say('why.suspended', { at: momentText(suspendedUntil) }))
  return parts.join(' · ')
}

/** A reason of a colour: what it is, from when to when, and what must still happen. */
export const ReasonLines = ({ reason, nowMs }: { reason: StatusReason; nowMs: number }) => (
  <>
    <h3 className="reason-title">{sayCategory(reason.title)}</h3>
    <p className="reason-dates">{datesText(reason)}</p>
    {conditionsOf(reason).map(({ key, tests }) => (
      <p className="reason-dates" key={key}>
        {sayCode('condition', key)}
        {tests && <span className="reason-tests">{testsText(tests, nowMs)}</span>}
      </p>
    ))}
  </>
)
