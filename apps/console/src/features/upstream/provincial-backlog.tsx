import type { ProvincialBacklog as Backlog } from '@jiankangbao/contracts/upstream/schemas'
import { Alert, Card } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'

const HOUR_MS = 3_600_000
/** Longer than the jobs ever wait before they ask again, so that a provider which stumbled is no alarm. */
const LATE_HOURS = 6

/** How many provincial codes expire when, and whether the jobs keep up with asking. */
export const ProvincialBacklog = ({ backlog, at }: { backlog: Backlog; at: string }) => {
  const { t } = useTranslation()
  const { known, overdue, oldestDueAt, expired, expiring, covered } = backlog
  const lateHours = oldestDueAt ? (Date.parse(at) - Date.parse(oldestDueAt)) / HOUR_MS : 0
  return (
    <Card
      className="backlog"
      data-testid="provincial-backlog"
      title={<h2 className="provider-name">{t('upstream.backlog.title')}</h2>}
    >
      {lateHours > LATE_HOURS && (
        <Alert type="error" showIcon title={t('upstream.backlog.late', { hours: Math.floor(lateHours) })} />
      )}
      {known > covered && (
        <Alert
          type="warning"
          showIcon
          title={t('upstream.backlog.uncovered', {
            covered: covered.toLocaleString(),
            known: known.toLocaleString(),
          })}
        />
      )}
      <dl className="provider-facts">
        <dt>{t('upstream.backlog.known')}</dt>
        <dd>{known.toLocaleString()}</dd>
        <dt>{t('upstream.backlog.overdue')}</dt>
        <dd>
          {overdue.toLocaleString()}
          {oldestDueAt && overdue > 0 && (
            <span className="quiet small">
              {' '}
              {t('upstream.backlog.since', { at: formatInstant(oldestDueAt) })}
            </span>
          )}
        </dd>
        <dt>{t('upstream.backlog.expired')}</dt>
        <dd>{expired.toLocaleString()}</dd>
        {expiring.map(({ withinHours, count }) => (
          <div className="backlog-row" key={withinHours}>
            <dt>{t('upstream.backlog.within', { hours: withinHours })}</dt>
            <dd>{count.toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet small">{t('upstream.backlog.hint')}</p>
    </Card>
  )
}
