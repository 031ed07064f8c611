import type { WrittenService } from '@jiankangbao/contracts/service/schemas'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { PhoneGrid } from './phone-grid.tsx'
import { targetOf } from './service-target.ts'

const columns: Column<WrittenService>[] = [
  {
    key: 'title',
    title: 'services.service',
    primary: true,
    render: ({ title }) => (
      <>
        {title.zh} <span className="quiet small">{title.en}</span>
      </>
    ),
  },
  { key: 'target', title: 'services.target', render: (service, t) => targetOf(service, t) },
  { key: 'viewers', title: 'services.viewer', render: ({ viewers }, t) => t(`services.viewers.${viewers}`) },
  {
    key: 'scopes',
    title: 'services.scopes',
    render: ({ scopes }, t) =>
      scopes
        .map(
          ({ scope, needed }) =>
            `${t(`services.scopeNames.${scope}`)} (${t(needed ? 'services.needed' : 'services.optional')})`,
        )
        .join(' · '),
  },
]

/** One version of the services, whole, as a second person reads it before the release. */
export default function ServiceVersionPage() {
  const { t } = useTranslation()
  const { version = '' } = useParams()
  const query = useQuery({
    queryKey: ['services', 'version', version],
    queryFn: () => call('getServiceVersion', { params: { version } }),
  })
  return (
    <>
      <PageHead title={t('services.versionTitle', { version })} />
      <QueryView query={query}>
        {({ services, state, changeNote, editedBy, editedAt }) => (
          <div className="service-editor">
            <div className="panel">
              <p>
                {[t(`services.states.${state}`), `${editedBy} · ${formatInstant(editedAt)}`, changeNote]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <DataList
                label={t('services.title')}
                rows={services}
                rowKey={({ key }) => key}
                columns={columns}
                empty={{ title: t('services.empty'), hint: t('services.emptyHint') }}
              />
            </div>
            <PhoneGrid services={services} />
          </div>
        )}
      </QueryView>
    </>
  )
}
