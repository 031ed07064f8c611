import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readStored, writeStored } from '../../api/stored.ts'
import { readDevice } from './check-client.ts'
import { sendOutbox, startOutbox } from './outbox-store.ts'
import { PointPicker } from './point-picker.tsx'
import { ScanScreen } from './scan-screen.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { refreshKeys } from './verification-keys.ts'
import './checkpoint.css'

const POINT = 'point'
const KEYS_EVERY_MS = 30 * 60_000

/** The checkpoint: the point chosen last, its scans, and what was kept while there was no network. */
export default function CheckpointPage() {
  const { t } = useTranslation()
  const [point, setPoint] = useState<CheckPoint | undefined>(
    () => readDevice()?.point ?? readStored<CheckPoint>(POINT),
  )
  useEffect(() => {
    document.title = t('checkpoint.title')
  }, [t])
  useEffect(() => {
    void refreshKeys()
    const timer = setInterval(() => void refreshKeys(), KEYS_EVERY_MS)
    const stopOutbox = startOutbox()
    return () => {
      clearInterval(timer)
      stopOutbox()
    }
  }, [])
  const choose = (chosen: CheckPoint | undefined): void => {
    writeStored(POINT, chosen)
    setPoint(chosen)
  }
  return (
    <>
      {point ? (
        <ScanScreen key={point.pointId} point={point} onChangePoint={() => choose(undefined)} />
      ) : (
        <PointPicker onChoose={choose} />
      )}
      <SignInAgain onBack={() => void sendOutbox()} />
    </>
  )
}
