import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_KEPT } from './check-outbox.ts'
import { useOutbox } from './outbox-store.ts'

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

interface Props {
  point: CheckPoint
  /** Checks of this shift. */
  checks: number
  onShift: () => void
  onSettings: () => void
  onOutbox: () => void
}

/** Where one stands, whether there is network, and how many checks wait to be sent. */
export const TopBar = ({ point, checks, onShift, onSettings, onOutbox }: Props) => {
  const { t } = useTranslation()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const { waiting, inPage, refused } = useOutbox()
  const hasTrouble = refused.length > 0 || inPage > 0 || waiting >= MOST_KEPT
  const words = [
    ...(waiting > 0 ? [t('checkpoint.queue', { count: waiting })] : []),
    ...(inPage > 0 ? [t('checkpoint.outbox.inPageShort')] : []),
    ...(refused.length > 0 ? [t('checkpoint.queueFailed', { count: refused.length })] : []),
  ]
  return (
    <header className="cp-top">
      <div className="cp-where">
        <b>{point.venueName}</b>
        <span>{point.pointName}</span>
      </div>
      {waiting + inPage + refused.length > 0 && (
        <button
          type="button"
          className={hasTrouble ? 'cp-badge cp-bad cp-open' : 'cp-badge cp-open'}
          data-testid="queue-count"
          data-count={waiting}
          onClick={onOutbox}
        >
          {words.join(' · ')}
        </button>
      )}
      <span className={online ? 'cp-net' : 'cp-net cp-bad'} data-testid="network" role="status">
        {t(online ? 'checkpoint.online' : 'checkpoint.offline')}
      </span>
      <button type="button" className="cp-plain" data-testid="shift-open" onClick={onShift}>
        {t('checkpoint.shift.count', { count: checks })}
      </button>
      <button type="button" className="cp-plain" onClick={onSettings}>
        {t('checkpoint.settings')}
      </button>
    </header>
  )
}
