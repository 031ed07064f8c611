import type { SamplingShift } from '@jiankangbao/contracts/sampling/schemas'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/client.ts'
import { describeError } from '../../../api/error-words.ts'
import { formatInstant } from '../../../api/instants.ts'
import { CameraView } from '../camera-view.tsx'
import { createRepeatGuard } from '../repeat-guard.ts'
import { ScannerField } from '../scanner-field.tsx'
import { SignInAgain } from '../sign-in-again.tsx'
import { unlockSound } from '../sounds.ts'
import { refreshKeys } from '../verification-keys.ts'
import { useWakefulScreen } from '../wakeful-screen.ts'
import { BookedPanel } from './booked-panel.tsx'
import { BoxPanel } from './box-panel.tsx'
import { type Called, CallNext, CallPanel } from './call-panel.tsx'
import { MovePanel } from './move-panel.tsx'
import { dismissRefused, sendActs, startActs } from './sampling-acts.ts'
import { SitePicker } from './site-picker.tsx'
import { ToldFace } from './told-face.tsx'
import { TubePanel, TypedCode, WhichPerson, WriteDown } from './tube-panel.tsx'
import { keepShift, readShift, type Sampling, useSampling } from './use-sampling.ts'
import '../checkpoint.css'
import './sampling.css'

const MODES = ['scan', 'typed', 'call', 'booked', 'box'] as const
type Mode = (typeof MODES)[number]
/** A tube is at hand in these. */
const isAtTable = (mode: Mode): boolean => mode === 'scan' || mode === 'typed'

const KEYS_EVERY_MS = 30 * 60_000

/** The sampler's phone: a shift at a site, then tube after tube, with and without network. */
export default function SamplingPage() {
  const { t } = useTranslation()
  const [shift, setShift] = useState<SamplingShift | undefined>(readShift)
  useEffect(() => {
    document.title = t('sampling.title')
  }, [t])
  useEffect(() => {
    void refreshKeys()
    const timer = setInterval(() => void refreshKeys(), KEYS_EVERY_MS)
    const stop = startActs()
    return () => {
      clearInterval(timer)
      stop()
    }
  }, [])
  const choose = (next: SamplingShift | undefined): void => {
    keepShift(next)
    setShift(next)
  }
  return (
    <>
      {shift ? (
        <SamplingScreen key={shift.shiftId} shift={shift} onEnd={() => choose(undefined)} />
      ) : (
        <SitePicker onStart={choose} />
      )}
      <SignInAgain onBack={() => void sendActs()} />
    </>
  )
}

const subscribeOnline = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

const SamplingScreen = ({ shift, onEnd }: { shift: SamplingShift; onEnd: () => void }) => {
  const { t } = useTranslation()
  const sampling = useSampling(shift.shiftId)
  const [mode, setMode] = useState<Mode>('scan')
  const [speech, setSpeech] = useState(true)
  const [problem, setProblem] = useState<string>()
  const [called, setCalled] = useState<Called>()
  const guard = useRef(createRepeatGuard())
  const boxTake = useRef<(text: string) => void>(() => undefined)
  const take = useRef<(text: string) => void>(() => undefined)
  take.current = (text) => {
    if (sampling.asking || !guard.current.admits(text, Date.now())) return
    if (mode === 'box') boxTake.current(text)
    else sampling.take(text)
  }
  const onText = useCallback((text: string): void => take.current(text), [])
  useWakefulScreen()
  const end = async (): Promise<void> => {
    try {
      await sendActs()
      await call('endSamplingShift', { params: { shiftId: shift.shiftId }, body: {} })
      onEnd()
    } catch (error) {
      setProblem(describeError(t, error).title)
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: any touch lets the browser make sounds
    <div className="cp sp notranslate" translate="no" onPointerDown={unlockSound} onKeyDown={unlockSound}>
      <SamplingBar
        shift={shift}
        sampling={sampling}
        speech={speech}
        onSpeech={() => setSpeech(!speech)}
        onEnd={() => void end()}
      />
      <main className="cp-main">
        {problem && <p role="alert">{problem}</p>}
        <Refused sampling={sampling} />
        {isAtTable(mode) && called && (
          <CallNext called={called} onCalled={setCalled} taken={sampling.tube?.people.length ?? 0} />
        )}
        {isAtTable(mode) && sampling.told && <ToldFace told={sampling.told} speech={speech} />}
        {isAtTable(mode) &&
          (sampling.tube ? (
            <TubePanel tube={sampling.tube} sampling={sampling} />
          ) : (
            <p className="sp-next">{t('sampling.scanTube')}</p>
          ))}
        {sampling.which && <WhichPerson which={sampling.which} sampling={sampling} />}
        {sampling.unwritten && <WriteDown text={sampling.unwritten.text} sampling={sampling} />}
        {mode === 'scan' && <CameraView onCode={onText} withTubes />}
        {mode === 'typed' && <TypedCode isTube={!sampling.tube} onText={(text) => sampling.take(text)} />}
        {mode === 'call' && <CallPanel called={called} onCalled={setCalled} />}
        {mode === 'booked' && <BookedPanel />}
        {mode === 'box' && (
          <>
            <BoxPanel
              scanned={(each) => {
                boxTake.current = each
              }}
            />
            <MovePanel />
          </>
        )}
      </main>
      <nav className="cp-modes sp-modes">
        {MODES.map((key) => (
          <button type="button" key={key} aria-pressed={mode === key} onClick={() => setMode(key)}>
            {t(`sampling.modes.${key}`)}
          </button>
        ))}
      </nav>
      <ScannerField onText={onText} onEscape={() => undefined} />
    </div>
  )
}

interface BarProps {
  shift: SamplingShift
  sampling: Sampling
  speech: boolean
  onSpeech: () => void
  onEnd: () => void
}

const SamplingBar = ({ shift, sampling, speech, onSpeech, onEnd }: BarProps) => {
  const { t } = useTranslation()
  const online = useSyncExternalStore(subscribeOnline, () => navigator.onLine)
  return (
    <header className="cp-top">
      <div className="cp-where">
        <b>{shift.site.name}</b>
        <span>{t('sampling.since', { at: formatInstant(shift.startedAt) })}</span>
      </div>
      {sampling.waiting > 0 && (
        <span className="cp-badge" data-testid="sampling-waiting" data-count={sampling.waiting}>
          {t('sampling.waiting', { count: sampling.waiting })}
        </span>
      )}
      <span className={online ? 'cp-net' : 'cp-net cp-bad'} data-testid="network" role="status">
        {t(online ? 'checkpoint.online' : 'checkpoint.offline')}
      </span>
      <button type="button" className="cp-plain" aria-pressed={speech} onClick={onSpeech}>
        {t(speech ? 'sampling.speechOn' : 'sampling.speechOff')}
      </button>
      <button type="button" className="cp-plain" onClick={onEnd}>
        {t('sampling.endShift')}
      </button>
    </header>
  )
}

/** What was told as done and refused by the server afterwards: these people have to be swabbed again, or written down. */
const Refused = ({ sampling }: { sampling: Sampling }) => {
  const { t } = useTranslation()
  return sampling.refused.map((each) => (
    <p key={each.id} className="sp-refused" role="alert" data-testid="sampling-refused">
      {formatInstant(each.at)} · {each.barcode} · {t(`sampling.ops.${each.op}`)}：
      {t(`sampling.outcomes.${each.why}`, {
        defaultValue: t(`reasons.${each.why}`, {
          defaultValue: t(`errors.${each.why}`, { defaultValue: each.why }),
        }),
      })}
      <button type="button" className="cp-button cp-quiet" onClick={() => dismissRefused(each.id)}>
        {t('sampling.seen')}
      </button>
    </p>
  ))
}
