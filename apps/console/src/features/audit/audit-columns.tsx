import type { AuditEntry } from '@jiankangbao/contracts/audit/schemas'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'

const wordAction = (t: TFunction, action: string): string =>
  t(`audit.actions.${action}`, { defaultValue: action })

// A whole UUID pushes the purpose out of sight; the tooltip and the export have all of it.
const shortId = (id: string): string => (id.length > 20 ? `${id.slice(0, 8)}…` : id)

/** Columns of the log. */
export const columns: Column<AuditEntry>[] = [
  {
    key: 'action',
    title: 'audit.action',
    primary: true,
    render: ({ action }, t) => (
      <>
        {wordAction(t, action)}
        {wordAction(t, action) !== action && <div className="quiet small code-text">{action}</div>}
      </>
    ),
  },
  { key: 'at', title: 'audit.at', render: ({ at }) => formatInstant(at) },
  {
    key: 'actor',
    title: 'audit.actor',
    render: ({ actorKind, actorName, actorId }, t) => (
      <>
        {actorName ?? t(`audit.actors.${actorKind}`, { defaultValue: actorKind })}
        {actorId && <span className="quiet small code-text"> #{actorId}</span>}
      </>
    ),
  },
  {
    key: 'object',
    title: 'audit.object',
    render: ({ objectKind, objectId }, t) => (
      <>
        {t(`auditObjects.${objectKind}`, { defaultValue: objectKind })}
        {objectId && (
          <span className="quiet small code-text" title={objectId}>
            {' '}
            #{shortId(objectId)}
          </span>
        )}
      </>
    ),
  },
  { key: 'purpose', title: 'audit.purpose', render: ({ purpose }) => purpose ?? '' },
]

/** What else an entry says. */
export const EntryDetails = ({ entry }: { entry: AuditEntry }) => {
  const { t } = useTranslation()
  return (
    <details open={Object.keys(entry.details).length > 0}>
      <summary className="quiet small">{t('audit.details')}</summary>
      <pre className="code-text small" style={{ whiteSpace: 'pre-wrap', margin: 0 }}>
        {JSON.stringify(entry.details, undefined, 2)}
      </pre>
      {entry.requestId && (
        <small className="quiet">{t('app.state.requestId', { id: entry.requestId })}</small>
      )}
    </details>
  )
}
