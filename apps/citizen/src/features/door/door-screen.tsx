import { parseVenueCode } from '@jiankangbao/domain/codes/venue-code'
import { useEffect, useState } from 'react'
import { goTo, replaceWith, startAt } from '../../platform/navigate.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useObservable } from '../../state/observable.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { failureText } from '../../words/failure-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useHotline } from '../session/client-config.ts'
import { isCode } from '../session/is-code.ts'
import { session, writeSession } from '../session/session.ts'
import { forgetMembers, readCompany, visitBody } from './company.ts'
import { DoorForm } from './door-form.tsx'
import { outbox } from './kept-scans.ts'
import { keepPendingDoor } from './pending-door.ts'
import { ResultView } from './result-view.tsx'
import { useKeptSending, useRecording } from './use-recording.ts'
import { KeptView, WaitingView } from './waiting-views.tsx'

interface Scan {
  code: string
  requestId: string
  scannedAt: string
}

const scanOf = (params: ReturnType<typeof useScreenParams<'door'>>): Scan | undefined => {
  const parsed = parseVenueCode(params.scannedLink ?? params.code ?? '', undefined)
  if (!parsed.ok) return undefined
  const at = params.at === undefined ? Number.NaN : Number.parseInt(params.at, 36)
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(params.scan ?? '')
  return {
    code: parsed.code,
    requestId: isId && params.scan ? params.scan : makeRequestId(),
    scannedAt: new Date(at > 0 && at <= Date.now() ? at : Date.now()).toISOString(),
  }
}

/** Keeps the door and leads to sign-in or registration; the name of the venue comes along where it can be had. */
const sendToSignIn = async (scan: Scan, signedIn: boolean): Promise<void> => {
  const door = { code: scan.code, scan: scan.requestId, scannedAt: scan.scannedAt }
  keepPendingDoor(door)
  const preview = api.call('previewVenueCode', { params: { venueCode: scan.code } })
  const named = preview.then(({ venue }) =>
    keepPendingDoor({ ...door, venueName: `${venue.name} ${venue.point}` }),
  )
  const patience = new Promise((done) => setTimeout(done, 1500))
  await Promise.race([named.catch(() => undefined), patience])
  replaceWith(signedIn ? 'register' : 'sign-in')
}

const Refused = ({ error }: { error: unknown }) => {
  const hotline = useHotline()
  return (
    <div className="stack">
      <section className="card result-refused" data-testid="refused">
        <h2 className="card-title">{say('door.refusedTitle')}</h2>
        <Message kind="wrong">
          {error === undefined ? say('errors.VENUE_CODE_INVALID') : failureText(error)}
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

/** One scan of a door: recorded at once for the remembered people, and its result. */
export const DoorScreen = () => {
  const params = useScreenParams('door')
  const [scan] = useState(() => scanOf(params))
  return scan ? (
    <DoorOfScan scan={scan} choose={params.choose === '1'} />
  ) : (
    <Screen title={say('door.title')} dataScreen="door">
      <Refused error={undefined} />
    </Screen>
  )
}

const DoorOfScan = ({ scan, choose }: { scan: Scan; choose: boolean }) => {
  const current = useObservable(session)
  const { recording, record, resume, sendKept } = useRecording()
  const isRegistered = current?.registered === true
  const notRegistered = recording.state === 'refused' && isCode(recording.error, 'NOT_REGISTERED')

  const isSignedIn = current !== undefined
  useEffect(() => {
    if (!isRegistered) void sendToSignIn(scan, isSignedIn)
    // Gone back to by the next person on this phone: it waits for its own.
    else if (outbox.isAnothers(scan.requestId)) startAt('home')
    else if (!resume(scan.requestId) && !choose) void record(visitBody(scan, readCompany()))
  }, [isRegistered, isSignedIn, choose, record, resume, scan])
  useEffect(() => {
    if (notRegistered && current) writeSession({ ...current, registered: false })
  }, [notRegistered, current])
  // A remembered family member who was removed on another phone must not cost anybody the door.
  const memberGone =
    recording.state === 'refused' &&
    isCode(recording.error, 'NOT_FOUND') &&
    readCompany().memberIds.length > 0
  useEffect(() => {
    if (!memberGone) return
    forgetMembers()
    void record(visitBody(scan, readCompany()))
  }, [memberGone, record, scan])
  useKeptSending(recording.state === 'kept', sendKept)

  if (recording.state === 'recorded')
    return <ResultView scan={scan} recording={recording} onAgain={() => replaceWith('scan')} />
  return (
    <Screen title={say('door.title')} dataScreen="door">
      {recording.state === 'idle' && isRegistered && choose && (
        <DoorForm
          code={scan.code}
          onSubmit={(company, companions) => record(visitBody(scan, company, companions))}
        />
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
