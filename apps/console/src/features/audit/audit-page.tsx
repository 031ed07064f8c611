import type { AuditEntry } from '@jiankangbao/contracts/schemas/audit'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant, parseLocalInput } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'

const names = ['from', 'until', 'action', 'actorId', 'objectKind', 'objectId'] as const
type Values = Partial<Record<(typeof names)[number], string>>

/** Who did what and when: read only, filtered by the address. */
export default function AuditPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(names)
  const filters = toQuery(values, cursor)
  const query = useQuery({
    queryKey: ['audit', filters],
    queryFn: () => call('listAuditEntries', { query: filters }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHead title={t('audit.title')} />
      <Filters key={JSON.stringify(values)} values={values} set={set} />
      <QueryView query={query}>
        {({ entries, nextCursor }) => (
          <DataList
            label={t('audit.title')}
            rows={entries}
            rowKey={({ auditId }) => auditId}
            columns={toColumns(t)}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('audit.empty'), hint: t('audit.emptyHint') }}
            expand={(entry) => <Details entry={entry} />}
          />
        )}
      </QueryView>
    </>
  )
}

const DAY_MS = 86_400_000

const toQuery = ({ from, until, ...rest }: Values, cursor: string | undefined) => {
  const start = from ? parseLocalInput(from) : undefined
  const end = until ? parseLocalInput(until) : undefined
  return {
    ...rest,
    limit: 50,
    ...(start ? { from: start } : {}),
    // A day given as the end is meant with its whole length.
    ...(end ? { until: new Date(Date.parse(end) + DAY_MS).toISOString() } : {}),
    ...(cursor ? { cursor } : {}),
  }
}

const Filters = ({ values, set }: { values: Values; set: (changes: Values) => void }) => {
  const { t } = useTranslation()
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    set(Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? '').trim()])))
  }
  const types: Partial<Record<(typeof names)[number], string>> = { from: 'date', until: 'date' }
  return (
    <search>
      <form className="filters" onSubmit={submit}>
        {names.map((name) => (
          <Input
            key={name}
            name={name}
            type={types[name] ?? 'text'}
            defaultValue={values[name] ?? ''}
            aria-label={t(`audit.${name}`)}
            {...(types[name]
              ? { prefix: <span className="quiet small">{t(`audit.${name}`)}</span> }
              : { placeholder: t(`audit.${name}`) })}
            {...(name === 'actorId' ? { pattern: '[1-9][0-9]{0,18}', inputMode: 'numeric' as const } : {})}
            maxLength={60}
          />
        ))}
        <Button type="primary" htmlType="submit" className="filter-auto">
          {t('app.action.search')}
        </Button>
        <Button
          className="filter-auto"
          onClick={() => set(Object.fromEntries(names.map((name) => [name, ''])))}
        >
          {t('app.action.reset')}
        </Button>
      </form>
    </search>
  )
}

const wordAction = (t: TFunction, action: string): string =>
  t(`audit.actions.${action}`, { defaultValue: action })

const toColumns = (t: TFunction): Column<AuditEntry>[] => [
  {
    key: 'action',
    title: t('audit.action'),
    primary: true,
    render: ({ action }) => (
      <>
        {wordAction(t, action)}
        {wordAction(t, action) !== action && <div className="quiet small code-text">{action}</div>}
      </>
    ),
  },
  { key: 'at', title: t('audit.at'), render: ({ at }) => formatInstant(at) },
  {
    key: 'actor',
    title: t('audit.actor'),
    render: ({ actorKind, actorName, actorId }) => (
      <>
        {actorName ?? t(`audit.actors.${actorKind}`, { defaultValue: actorKind })}
        {actorId && <span className="quiet small code-text"> #{actorId}</span>}
      </>
    ),
  },
  {
    key: 'object',
    title: t('audit.object'),
    render: ({ objectKind, objectId }) => (
      <>
        {t(`audit.objects.${objectKind}`, { defaultValue: objectKind })}
        {objectId && <span className="quiet small code-text"> #{objectId}</span>}
      </>
    ),
  },
  { key: 'purpose', title: t('audit.purpose'), render: ({ purpose }) => purpose ?? '' },
]

const Details = ({ entry }: { entry: AuditEntry }) => {
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
