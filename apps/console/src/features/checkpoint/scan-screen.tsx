import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { CameraView } from './camera-view.tsx'
import { DocumentForm } from './document-form.tsx'
import { DoorBanner } from './door-banner.tsx'
import { useNight } from './night.ts'
import { NumericPad } from './numeric-pad.tsx'
import { OutboxPanel } from './outbox-panel.tsx'
import { createRepeatGuard } from './repeat-guard.ts'
import { ResultFace } from './result-face.tsx'
import { toCheckInput } from './scan-input.ts'
import { ScannerField } from './scanner-field.tsx'
import { useSettings } from './settings.ts'
import { SettingsPanel } from './settings-panel.tsx'
import { countAll } from './shift.ts'
import { ShiftPanel } from './shift-panel.tsx'
import { unlockSound } from './sounds.ts'
import { TopBar } from './top-bar.tsx'
import { useChecks } from './use-checks.ts'
import { useShift } from './use-shift.ts'
import { useWarnings } from './use-warnings.ts'
import { useWakefulScreen } from './wakeful-screen.ts'

const modes = ['scan', 'numeric', 'document'] as const
type Mode = (typeof modes)[number]

interface Props {
  point: CheckPoint
  onChangePoint: () => void
}

/** Scanning at one point. Nothing here ever changes the address. */
export const ScanScreen = ({ point, onChangePoint }: Props) => {
  const { t } = useTranslation()
  const { settings, toggle } = useSettings()
  const { shown, holds, ask, dismiss } = useChecks(point, settings)
  const face = shown.phase === 'face' ? shown.face : undefined
  const { warning, close } = useWarnings(point.pointId, face)
  const shift = useShift(face)
  const night = useNight()
  const [reviewing, setReviewing] = useState(false)
  const [mode, setMode] = useState<Mode>('scan')
  const [settingUp, setSettingUp] = useState(false)
  const [listing, setListing] = useState(false)
  const guard = useRef(createRepeatGuard())
  // The purpose is shown to the person looked up: always in the city's language.
  const atDoor = t('checkpoint.purposes.door', { lng: 'zh' })
  const { pointId } = point
  const holding = useRef(holds)
  holding.current = holds
  const [waiting, setWaiting] = useState(0)
  const take = useCallback(
    (text: string): void => {
      if (!holding.current) {
        if (!guard.current.admits(text, Date.now())) return
        // Until the screen has it: a camera delivers faster.
        holding.current = true
        void ask(toCheckInput(text), pointId, atDoor)
      } else guard.current.see(text, Date.now())
    },
    [ask, pointId, atDoor],
  )
  const takeTyped = useCallback(
    (text: string): void => {
      if (holding.current) setWaiting((count) => count + 1)
      take(text)
    },
    [take],
  )
  const goOn = useCallback((): void => {
    setWaiting(0)
    dismiss()
  }, [dismiss])
  useWakefulScreen()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: any touch lets the browser make sounds
    <div
      className={night.isDark ? 'cp cp-night notranslate' : 'cp notranslate'}
      translate="no"
      onPointerDown={unlockSound}
      onKeyDown={unlockSound}
    >
      <TopBar
        point={point}
        checks={countAll(shift)}
        onShift={() => setReviewing(true)}
        onSettings={() => setSettingUp(true)}
        onOutbox={() => setListing(true)}
      />
      <main className="cp-main">
        {mode === 'scan' && <CameraView onCode={take} />}
        {mode === 'numeric' && <NumericPad onCode={take} />}
        {mode === 'document' && (
          <DocumentForm
            onCheck={(document, purpose) => void ask({ way: 'document', document }, pointId, purpose)}
            onCode={take}
          />
        )}
      </main>
      <nav className="cp-modes">
        {modes.map((key) => (
          <button type="button" key={key} aria-pressed={mode === key} onClick={() => setMode(key)}>
            {t(`checkpoint.modes.${key}`)}
          </button>
        ))}
      </nav>
      <ScannerField onText={takeTyped} onEscape={goOn} />
      {shown.phase === 'checking' && (
        <div className="cp-checking" role="status" data-testid="checking">
          <span className="plain-spinner" aria-hidden="true" />
          {t('checkpoint.checking')}
        </div>
      )}
      {face && <ResultFace face={face} isWaitedFor={waiting > 0} onDismiss={goOn} />}
      {warning && (
        <DoorBanner
          testId="shown-elsewhere"
          title={t('checkpoint.elsewhere.title')}
          text={t('checkpoint.elsewhere.line', {
            at: formatInstant(warning.checkedAt),
            name: warning.nameMasked ?? '',
          })}
          close={t('checkpoint.elsewhere.close')}
          onClose={close}
        />
      )}
      {reviewing && <ShiftPanel shift={shift} onClose={() => setReviewing(false)} />}
      {listing && <OutboxPanel onClose={() => setListing(false)} />}
      {settingUp && (
        <SettingsPanel
          point={point}
          settings={settings}
          onToggle={toggle}
          night={night.choice}
          onNight={night.choose}
          onChangePoint={onChangePoint}
          onClose={() => setSettingUp(false)}
        />
      )}
    </div>
  )
}
