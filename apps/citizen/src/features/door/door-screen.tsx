import type { VisitRecorded } from '@jiankangbao/contracts/visit/schemas'
import { parseVenueCode } from '@jiankangbao/domain/codes/venue-code'
import { useCallback, useEffect, useState } from 'react'
import { goTo, replaceWith, startAt } from '../../platform/navigate.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useObservable } from '../../state/observable.ts'
import { serverClockOffset } from '../../state/server-clock.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { failureText } from '../../words/failure-words.ts'
import { say } from '../../words/words.ts'
import type { IdentityValues } from '../identity/document-values.ts'
import { api } from '../session/api.ts'
import { useHotline } from '../session/client-config.ts'
import { isCode } from '../session/is-code.ts'
import {
  type Standing,
  session,
  sessionOwner,
  standingOf,
  stepFrom,
  writeSession,
} from '../session/session.ts'
import type { Answer } from './answers.ts'
import { endBegun, isBegun, type Scan, scanNow } from './begun-scans.ts'
import { ALONE, type Company, visitBody } from './company.ts'
import { DoorForm } from './door-form.tsx'
import { answers, outbox } from './kept-scans.ts'
import { keepPendingDoor } from './pending-door.ts'
import { ResultView } from './result-view.tsx'
import { useKeptSending, useRecording } from './use-recording.ts'
import { KeptView, WaitingView } from './waiting-views.tsx'

const scanOf = (params: ReturnType<typeof useScreenParams<'door'>>): Scan | undefined => {
  const parsed = parseVenueCode(params.scannedLink ?? params.code ?? '', undefined)
  if (!parsed.ok) return undefined
  // Only mini programs open a door without: by the link itself, which was scanned just now.
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(params.scan ?? '')
  if (!isId || !params.scan) return scanNow(parsed.code, makeRequestId)
  const at = params.at === undefined ? Number.NaN : Number.parseInt(params.at, 36)
  return {
    code: parsed.code,
    requestId: params.scan,
    scannedAt: new Date(at > 0 && at <= Date.now() ? at : Date.now()).toISOString(),
  }
}

/** Keeps the door and leads to sign-in, proof or registration; the name of the venue comes along where it can be had. */
const sendToSignIn = async (scan: Scan, standing: Standing): Promise<void> => {
  const door = { code: scan.code, scan: scan.requestId, scannedAt: scan.scannedAt }
  keepPendingDoor(door)
  const preview = api.call('previewVenueCode', { params: { venueCode: scan.code } })
  const named = preview.then(({ venue }) =>
    keepPendingDoor({ ...door, venueName: `${venue.name} ${venue.point}` }),
  )
  const patience = new Promise((done) => setTimeout(done, 1500))
  await Promise.race([named.catch(() => undefined), patience])
  replaceWith(stepFrom[standing])
}

const Refused = ({ error }: { error: unknown }) => {
  const hotline = useHotline()
  return (
    <div className="stack">
      <section className="card result-refused" data-testid="refused">
        <h2 className="card-title">{say('door.refusedTitle')}</h2>
        <Message kind="wrong">
          {error === undefined
            ? say('errors.VENUE_CODE_INVALID')
            : isCode(error, 'REQUEST_ID_REUSED')
              ? say('door.recordedBefore')
              : failureText(error)}
        </Message>
        {isCode(error, 'VENUE_CODE_ROTATED') && <p>{say('door.rotatedHint')}</p>}
        <p className="small">{say('errors.askHotline', { hotline })}</p>
      </section>
      <Button onClick={() => replaceWith('scan')}>{say('door.again')}</Button>
      <Button kind="quiet" onClick={() => startAt('home')}>
        {say('action.home')}
      </Button>
    </div>
  )
}

/** A scan that was made before, whose answer this phone does not have: nothing is recorded by looking at it again. */
const Gone = () => (
  <div className="stack">
    <section className="card" data-testid="gone">
      <h2 className="card-title">{say('door.goneTitle')}</h2>
      <p>{say('door.gone')}</p>
    </section>
    <Button onClick={() => replaceWith('scan')}>{say('door.again')}</Button>
    <Button kind="quiet" onClick={() => replaceWith('visits')}>
      {say('records.visits')}
    </Button>
    <Button kind="quiet" onClick={() => startAt('home')}>
      {say('action.home')}
    </Button>
  </div>
)

/** One scan of a door: recorded once, for oneself alone, and its result for as long as this phone keeps it. */
export const DoorScreen = () => {
  const params = useScreenParams('door')
  const [scan] = useState(() => scanOf(params))
  return scan ? (
    <DoorOfScan scan={scan} choose={params.choose === '1'} />
  ) : (
    <Screen name="door">
      <Refused error={undefined} />
    </Screen>
  )
}

// Where the phone stores nothing.
const unkept = (scan: Scan, recorded: VisitRecorded): Answer => ({
  ...scan,
  owner: sessionOwner() ?? '',
  groups: [{ scanId: scan.requestId, recorded }],
})

const DoorOfScan = ({ scan, choose }: { scan: Scan; choose: boolean }) => {
  const current = useObservable(session)
  const { recording, record, resume, sendKept } = useRecording()
  const standing = standingOf(current)
  const isRegistered = standing === 'registered'
  const notRegistered = recording.state === 'refused' && isCode(recording.error, 'NOT_REGISTERED')

  const [known] = useState(() => answers.find(scan.requestId))
  const [gone, setGone] = useState(false)
  const recordOnce = useCallback(
    (company: Company, companions?: IdentityValues[]) => {
      endBegun(scan.requestId)
      void record(visitBody(scan, company, companions))
    },
    [record, scan],
  )
  useEffect(() => {
    if (known) return
    const isOpen = isBegun(scan.requestId)
    if (!isOpen && !outbox.has(scan.requestId)) setGone(true)
    else if (!isRegistered) void sendToSignIn(scan, standing)
    // Gone back to by the next person on this phone: it waits for its own.
    else if (outbox.isAnothers(scan.requestId)) startAt('home')
    else if (!resume(scan.requestId) && !choose) recordOnce(ALONE)
  }, [known, isRegistered, standing, choose, recordOnce, resume, scan])
  useEffect(() => {
    if (notRegistered && current) writeSession({ ...current, registered: false })
  }, [notRegistered, current])
  useKeptSending(recording.state === 'kept', sendKept)

  const again = () => replaceWith('scan')
  if (recording.state === 'recorded') {
    const answer = answers.find(scan.requestId) ?? unkept(scan, recording.recorded)
    return <ResultView answer={answer} clockOffsetMs={recording.clockOffsetMs} onAgain={again} />
  }
  if (known) return <ResultView answer={known} clockOffsetMs={serverClockOffset()} onAgain={again} />
  if (gone)
    return (
      <Screen name="door">
        <Gone />
      </Screen>
    )
  return (
    <Screen name="door">
      {recording.state === 'idle' && isRegistered && choose && (
        <DoorForm code={scan.code} onSubmit={recordOnce} />
      )}
      {(recording.state === 'sending' || (recording.state === 'idle' && !choose)) && (
        <div className="card centred" role="status" aria-busy="true">
          <span className="spinner" aria-hidden="true" />
          <p>{isRegistered ? say('door.recording') : say('state.loading')}</p>
        </div>
      )}
      {recording.state === 'waiting' && <WaitingView retryAt={recording.retryAt} />}
      {recording.state === 'kept' && (
        <KeptView sending={recording.sending} keeping={recording.keeping} onHome={() => goTo('home')} />
      )}
      {recording.state === 'refused' && !notRegistered && <Refused error={recording.error} />}
    </Screen>
  )
}
