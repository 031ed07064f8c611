import type { VisitRecorded, VisitResult } from '@jiankangbao/contracts/schemas/door'
import { useEffect, useState } from 'react'
import { speak, vibrate } from '../../platform/attention.ts'
import { goTo, startAt } from '../../platform/navigate.ts'
import { focusHeading, scrollToTop } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useObservable } from '../../state/observable.ts'
import { preferences } from '../../state/preferences.ts'
import { useNow } from '../../state/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { clockText, dayText, momentText } from '../../words/time-words.ts'
import { currentLanguage, languageTag, say, sayCode } from '../../words/words.ts'
import { StaleIdentityNote } from '../other-codes/stale-identity-note.tsx'
import { visitBody } from './company.ts'
import { DoorForm } from './door-form.tsx'
import { keptText } from './kept-text.ts'
import { dropPendingDoor, keepPendingDoor } from './pending-door.ts'
import { PersonLine } from './person-line.tsx'
import { useKeptSending, useRecording } from './use-recording.ts'
import { adviceKeyOf, type Decision, isRegistered, wordKeyOf, worst } from './verdict.ts'

interface ResultViewProps {
  scan: { code: string; requestId: string; scannedAt: string }
  recording: { recorded: VisitRecorded; clockOffsetMs: number }
  onAgain: () => void
}

const marks: Record<Decision, string> = { admit: '✓', review: '!', deny: '✕' }

/** How long a result on the screen counts: long enough for a queue at the door. */
const FRESH_MS = 10 * 60_000

const useAnnouncement = (decision: Decision, text: string): void => {
  const { voice } = useObservable(preferences)
  useEffect(() => {
    scrollToTop()
    focusHeading('result-word')
    dropPendingDoor()
    if (decision !== 'admit') vibrate(decision === 'deny' ? 'long' : 'short')
  }, [decision])
  useEffect(() => {
    if (voice) speak(text, languageTag(currentLanguage()))
  }, [voice, text])
}

/** To the form of entry registration; from there back to this door, as a scan of its own. */
const register = (code: string, venue: VisitRecorded['venue']): void => {
  const scan = makeRequestId()
  const scannedAt = new Date().toISOString()
  keepPendingDoor({ code, scan, scannedAt, venueName: `${venue.name} ${venue.point}` })
  goTo('entry-form')
}

/** The answer of a door, over the whole screen, with a clock that a screenshot does not have. */
export const ResultView = ({ scan, recording, onAgain }: ResultViewProps) => {
  const now = useNow(500)
  const [more, setMore] = useState<VisitResult[]>([])
  const { recorded, clockOffsetMs } = recording
  const serverNow = now + clockOffsetMs
  const visits = [...recorded.visits, ...more]
  const decision = worst(visits)
  const word = say(wordKeyOf(...visits))
  const isOld = recorded.late || serverNow - Date.parse(recorded.recordedAt) > FRESH_MS
  useAnnouncement(decision, `${word}。${recorded.venue.name}`)
  const unregistered = visits.some(({ reasons }) => reasons.includes('entry_registration_missing'))
  const single = visits.length === 1 ? visits[0] : undefined
  return (
    <Screen title={say('door.title')} dataScreen="result" tone={isOld ? 'tone-grey' : `tone-${decision}`}>
      <section
        className={`result ${isOld ? 'result-grey' : `result-${decision}`}`}
        role="status"
        data-testid="result"
        data-state={isOld ? 'old' : 'recorded'}
        data-decision={decision}
      >
        <p className="result-mark" aria-hidden="true">
          {isOld ? '↺' : marks[decision]}
        </p>
        <h2
          className={isRegistered(visits) ? 'result-word result-word-long' : 'result-word'}
          id="result-word"
          tabIndex={-1}
          data-testid="result-word"
        >
          <LiveText>{isOld && !recorded.late ? say('door.oldTitle') : word}</LiveText>
        </h2>
        <p className="result-advice">
          {say(isOld ? (recorded.late ? 'door.late' : 'door.old') : adviceKeyOf(visits))}
        </p>
        <p className="result-clock" data-testid="clock">
          <LiveText className="pass-day">{dayText(serverNow)}</LiveText>{' '}
          <LiveText>{clockText(serverNow)}</LiveText>
        </p>
        {!isOld && <span className="result-band" aria-hidden="true" />}
      </section>
      <section className="card result-card">
        <div className="venue" data-testid="venue">
          <p className="venue-kind">{sayCode('kind', recorded.venue.kind)}</p>
          <h2 className="venue-name">{recorded.venue.name}</h2>
          <p>{recorded.venue.point}</p>
          <p className="small">{say('door.at', { at: momentText(recorded.recordedAt) })}</p>
          {!recorded.presence && <p className="small">{say('door.far')}</p>}
        </div>
        <ul className="persons" aria-label={say('door.persons')}>
          {visits.map((visit, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list only ever grows at its end
            <PersonLine key={at} visit={visit} showWord={single === undefined} />
          ))}
        </ul>
      </section>
      {/* Only where somebody has to look twice: most results must not cost another request. */}
      {!isOld && decision === 'review' && <StaleIdentityNote />}
      {!isOld && (
        <Others code={scan.code} onRecorded={(added) => setMore((before) => [...before, ...added])} />
      )}
      {unregistered && (
        <Button onClick={() => register(scan.code, recorded.venue)}>{say('door.registerEntry')}</Button>
      )}
      <Button {...(unregistered ? { kind: 'quiet' as const } : {})} onClick={onAgain}>
        {say('door.again')}
      </Button>
      <Button kind="quiet" onClick={() => startAt('home')}>
        {say('action.home')}
      </Button>
    </Screen>
  )
}

/** Family and companions after the fact, at the same door. */
const Others = ({ code, onRecorded }: { code: string; onRecorded: (visits: VisitResult[]) => void }) => {
  const [open, setOpen] = useState(false)
  const { recording, record, sendKept } = useRecording()
  useKeptSending(recording.state === 'kept', sendKept)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    if (recording.state !== 'recorded') return
    onRecorded(recording.recorded.visits)
    setOpen(false)
  }, [recording])
  if (!open)
    return (
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {say('door.others')}
      </Button>
    )
  return (
    <div className="stack">
      {recording.state === 'refused' && <Failure error={recording.error} />}
      {recording.state === 'kept' && <Message kind="network">{keptText(recording.keeping)}</Message>}
      <DoorForm
        othersOnly
        code={code}
        busy={recording.state === 'sending' || recording.state === 'waiting'}
        onSubmit={(company, companions) =>
          record(
            visitBody(
              { requestId: makeRequestId(), code, scannedAt: new Date().toISOString() },
              company,
              companions,
            ),
          )
        }
      />
    </div>
  )
}
