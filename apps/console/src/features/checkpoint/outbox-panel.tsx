import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { MOST_KEPT } from './check-outbox.ts'
import { dismissRefused, useOutbox } from './outbox-store.ts'

const NEARLY_FULL = MOST_KEPT * 0.9

/** How many checks wait, what that means for the next ones, and which were refused. */
export const OutboxPanel = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation()
  const { waiting, inPage, refused } = useOutbox()
  const isFull = waiting >= MOST_KEPT
  return (
    <section
      className="cp-settings"
      role="dialog"
      aria-modal="true"
      aria-label={t('checkpoint.outbox.title')}
    >
      <header>
        <h1>{t('checkpoint.outbox.title')}</h1>
        <button type="button" className="cp-plain" onClick={onClose}>
          {t('app.action.close')}
        </button>
      </header>
      <p>{t('checkpoint.outbox.waiting', { count: waiting, most: MOST_KEPT })}</p>
      {waiting >= NEARLY_FULL && (
        <p role="alert">{t(isFull ? 'checkpoint.outbox.full' : 'checkpoint.outbox.nearlyFull')}</p>
      )}
      {inPage > 0 && <p role="alert">{t('checkpoint.outbox.inPage', { count: inPage })}</p>}
      <h2>{t(refused.length > 0 ? 'checkpoint.outbox.refused' : 'checkpoint.outbox.noneRefused')}</h2>
      {refused.map(({ requestId, scannedAt, codeEnd, why }) => (
        <div key={requestId} className="cp-enrol" data-testid="refused-check">
          <p>
            <b>{formatInstant(scannedAt)}</b> · {t('checkpoint.outbox.codeEnd', { end: codeEnd })}
          </p>
          <p>{t(`errors.${why}`, { defaultValue: why })}</p>
          <button type="button" className="cp-button cp-quiet" onClick={() => dismissRefused([requestId])}>
            {t('checkpoint.outbox.dismiss')}
          </button>
        </div>
      ))}
      {refused.length > 1 && (
        <button
          type="button"
          className="cp-button cp-quiet"
          onClick={() => dismissRefused(refused.map(({ requestId }) => requestId))}
        >
          {t('checkpoint.outbox.dismissAll')}
        </button>
      )}
    </section>
  )
}
