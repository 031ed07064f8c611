import type { Zone } from '@jiankangbao/contracts/zone/schemas'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { LiftDrawer } from './lift-drawer.tsx'

const columns: Column<Zone>[] = [
  {
    key: 'name',
    title: 'zones.name',
    primary: true,
    render: ({ zoneId, name, divisionName, areaEndedAt }, t) => (
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
    title: 'people.category',
    render: ({ categories }, t) => categories.map((key) => wordCategory(t, key)).join(t('app.comma')),
  },
  {
    key: 'persons',
    title: 'zones.persons',
    render: ({ persons, unregistered }, t) => (
      <>
        {persons}
        {unregistered > 0 && <div className="quiet small">{t('zones.waiting', { count: unregistered })}</div>}
      </>
    ),
  },
  { key: 'since', title: 'zones.since', render: ({ since }) => formatInstant(since) },
]

/** Areas and control zones of the own division that anybody is in, and their lifting. */
export default function ZonesPage() {
  const { t } = useTranslation()
  const [lifting, setLifting] = useState<Zone>()
  const { cursor, paging } = useUrlFilters([] as const)
  const query = useListQuery({
    key: ['zones'],
    query: { limit: 20, ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listZones', { query: filters }),
    refreshMs: 30_000,
  })
  return (
    <ListPage
      words="zones"
      lead={t('zones.intro')}
      query={query}
      paging={paging}
      rows={({ zones }) => zones}
      rowKey={({ zoneId }) => zoneId}
      columns={columns}
      rowActions={(zone) =>
        zone.proposalId ? (
          <OpenButton
            to={pathTo('/proposals/:proposalId?', { proposalId: zone.proposalId })}
            words="zones.openProposal"
          />
        ) : (
          <Button type="primary" onClick={() => setLifting(zone)}>
            {t('zones.lift')}
          </Button>
        )
      }
    >
      {lifting && <LiftDrawer zone={lifting} onClose={() => setLifting(undefined)} />}
    </ListPage>
  )
}
