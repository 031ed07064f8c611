import type { CheckPoint } from '@jiankangbao/contracts/schemas/door'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useOutbox } from './outbox-store.ts'

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** Where one stands, whether there is network, and how many checks wait to be sent. */
export const TopBar = ({ point, onSettings }: { point: CheckPoint; onSettings: () => void }) => {
  const { t } = useTranslation()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const { waiting, refused } = useOutbox()
  return (
    <header className="cp-top">
      <div className="cp-where">
        <b>{point.venueName}</b>
        <span>{point.pointName}</span>
      </div>
      {waiting.length > 0 && (
        <span className="cp-badge" data-testid="queue-count" data-count={waiting.length}>
          {t('checkpoint.queue', { count: waiting.length })}
        </span>
      )}
      {refused > 0 && (
        <span className="cp-badge cp-bad">{t('checkpoint.queueFailed', { count: refused })}</span>
      )}
      <span className={online ? 'cp-net' : 'cp-net cp-bad'} data-testid="network" role="status">
        {t(online ? 'checkpoint.online' : 'checkpoint.offline')}
      </span>
      <button type="button" className="cp-plain" onClick={onSettings}>
        {t('checkpoint.settings')}
      </button>
    </header>
  )
}
