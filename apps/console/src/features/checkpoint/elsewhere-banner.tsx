import type { CheckWarning } from '@jiankangbao/contracts/check/schemas'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import './elsewhere-banner.css'

/** Over everything else: somebody who was just let in showed a code that is in two places. */
export const ElsewhereBanner = ({ warning, onClose }: { warning: CheckWarning; onClose: () => void }) => {
  const { t } = useTranslation()
  return (
    <section role="alert" className="cp-elsewhere" data-testid="shown-elsewhere">
      <strong>{t('checkpoint.elsewhere.title')}</strong>
      <p>
        {t('checkpoint.elsewhere.line', {
          at: formatInstant(warning.checkedAt),
          name: warning.nameMasked ?? '',
        })}
      </p>
      <button type="button" onClick={onClose}>
        {t('checkpoint.elsewhere.close')}
      </button>
    </section>
  )
}
