import { useEffect } from 'react'
import { speak, vibrate } from '../../platform/attention.ts'
import { focusHeading, scrollToTop } from '../../platform/page-look.ts'
import { useObservable } from '../../state/observable.ts'
import { preferences } from '../../state/preferences.ts'
import { LiveText } from '../../ui/live-text.tsx'
import { clockText, dayText } from '../../words/time-words.ts'
import { languageFacts, say } from '../../words/words.ts'
import { nameOf } from './person-line.tsx'
import { adviceKeyOf, type Decision, type Headline, isRegistered, type Row, wordKeyOf } from './verdict.ts'

const marks: Record<Decision, string> = { admit: '✓', review: '!', deny: '✕' }

const stoppedText = (row: Row): string =>
  say('door.stopped', { name: nameOf(row), word: say(wordKeyOf(row.visit)) })

/** Shakes and speaks once for what is shown, and again when somebody comes to it. */
export const useAnnouncement = (headline: Headline, venueName: string): void => {
  const { voice } = useObservable(preferences)
  const { alert } = headline
  const text = [say(wordKeyOf(...headline.lead)), ...headline.stopped.map(stoppedText), venueName].join(
    languageFacts().betweenSentences,
  )
  useEffect(() => {
    scrollToTop()
    focusHeading('result-word')
    if (alert !== 'admit') vibrate(alert === 'deny' ? 'long' : 'short')
  }, [alert])
  useEffect(() => {
    if (voice) speak(text, languageFacts().tag)
  }, [voice, text])
}

interface ResultHeadProps {
  headline: Headline
  /** Too old to count, or sent later. */
  age: 'fresh' | 'old' | 'late'
  serverNow: number
}

/** The word of whoever holds the phone, over the whole width, and beneath it whoever else may not simply go in. */
export const ResultHead = ({ headline, age, serverNow }: ResultHeadProps) => {
  const { lead, decision, stopped, admitted } = headline
  const isFresh = age === 'fresh'
  return (
    <section
      className={`result ${isFresh ? `result-${decision}` : 'result-grey'}`}
      role="status"
      data-testid="result"
      data-state={isFresh ? 'recorded' : 'old'}
      data-decision={decision}
    >
      <p className="result-mark" aria-hidden="true">
        {isFresh ? marks[decision] : '↺'}
      </p>
      <h2
        className={isRegistered(lead) ? 'result-word result-word-long' : 'result-word'}
        id="result-word"
        tabIndex={-1}
        data-testid="result-word"
      >
        <LiveText>{age === 'old' ? say('door.oldTitle') : say(wordKeyOf(...lead))}</LiveText>
      </h2>
      <p className="result-advice">
        {say(isFresh ? adviceKeyOf(lead) : age === 'late' ? 'door.late' : 'door.old')}
      </p>
      {isFresh && (
        <ul className="result-others">
          {stopped.map((row) => (
            <li
              key={row.key}
              className={`result-other verdict-${row.visit.decision}`}
              data-testid="stopped"
              data-decision={row.visit.decision}
            >
              <span aria-hidden="true">{marks[row.visit.decision]}</span> {stoppedText(row)}
            </li>
          ))}
          {admitted > 0 && <li className="result-line">{say('door.othersAdmitted', { count: admitted })}</li>}
        </ul>
      )}
      <p className="result-clock" data-testid="clock">
        <LiveText className="pass-day">{dayText(serverNow)}</LiveText>{' '}
        <LiveText>{clockText(serverNow)}</LiveText>
      </p>
      {isFresh && <span className="result-band" aria-hidden="true" />}
    </section>
  )
}
