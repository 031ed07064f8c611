import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readStored, writeStored } from '../../api/stored.ts'
import { readDevice } from './check-client.ts'
import { DoorBanner } from './door-banner.tsx'
import { sendOutbox, startOutbox } from './outbox-store.ts'
import { PointPicker } from './point-picker.tsx'
import { ScanScreen } from './scan-screen.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { isWithdrawalUnread, noteWithdrawalRead, refreshKeys } from './verification-keys.ts'
import './checkpoint.css'

const POINT = 'point'
/** A key that leaked is no longer told: a door with a network hears of it within the minute. */
const KEYS_EVERY_MS = 60_000

/** The checkpoint: the point chosen last, its scans, and what was kept while there was no network. */
export default function CheckpointPage() {
  const { t } = useTranslation()
  const [point, setPoint] = useState<CheckPoint | undefined>(
    () => readDevice()?.point ?? readStored<CheckPoint>(POINT),
  )
  const [withdrawn, setWithdrawn] = useState(isWithdrawalUnread)
  useEffect(() => {
    document.title = t('checkpoint.title')
  }, [t])
  useEffect(() => {
    const look = () => refreshKeys().then(() => setWithdrawn(isWithdrawalUnread()))
    void look()
    const timer = setInterval(() => void look(), KEYS_EVERY_MS)
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
      {withdrawn && (
        <DoorBanner
          testId="key-withdrawn"
          title={t('checkpoint.keyWithdrawn.title')}
          text={t('checkpoint.keyWithdrawn.line')}
          close={t('checkpoint.elsewhere.close')}
          onClose={() => {
            noteWithdrawalRead()
            setWithdrawn(false)
          }}
        />
      )}
      <SignInAgain onBack={() => void sendOutbox()} />
    </>
  )
}
