import type { Zone } from '@jiankangbao/contracts/schemas/zone'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { LiftDrawer } from './lift-drawer.tsx'

/** Areas and control zones of the own division that anybody is in, and their lifting. */
export default function ZonesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [lifting, setLifting] = useState<Zone>()
  const { cursor, paging } = useUrlFilters([] as const)
  const filters = { limit: 20, ...(cursor ? { cursor } : {}) }
  const query = useQuery({
    queryKey: ['zones', filters],
    queryFn: () => call('listZones', { query: filters }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return (
    <>
      <PageHead title={t('zones.title')} />
      <p className="quiet">{t('zones.intro')}</p>
      <QueryView query={query}>
        {({ zones, nextCursor }) => (
          <DataList
            label={t('zones.title')}
            rows={zones}
            rowKey={({ zoneId }) => zoneId}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('zones.empty'), hint: t('zones.emptyHint') }}
            columns={[
              {
                key: 'name',
                title: t('zones.name'),
                primary: true,
                render: ({ zoneId, name, divisionName, areaEndedAt }) => (
                  <>
                    {name}
                    <div className="quiet small">
                      {divisionName} · {t('zones.number', { zoneId })}
                    </div>
                    {areaEndedAt && (
                      <div className="small">{t('zones.areaEnded', { at: formatInstant(areaEndedAt) })}</div>
                    )}
                  </>
                ),
              },
              {
                key: 'categories',
                title: t('people.category'),
                render: ({ categories }) =>
                  categories.map((key) => wordCategory(t, key)).join(t('app.comma')),
              },
              {
                key: 'persons',
                title: t('zones.persons'),
                render: ({ persons, unregistered }) => (
                  <>
                    {persons}
                    {unregistered > 0 && (
                      <div className="quiet small">{t('zones.waiting', { count: unregistered })}</div>
                    )}
                  </>
                ),
              },
              { key: 'since', title: t('zones.since'), render: ({ since }) => formatInstant(since) },
              {
                key: 'actions',
                title: '',
                actions: true,
                render: (zone) =>
                  zone.proposalId ? (
                    <Button onClick={() => void navigate(`/proposals/${zone.proposalId}`)}>
                      {t('zones.openProposal')}
                    </Button>
                  ) : (
                    <Button type="primary" onClick={() => setLifting(zone)}>
                      {t('zones.lift')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
      {lifting && <LiftDrawer zone={lifting} onClose={() => setLifting(undefined)} />}
    </>
  )
}
