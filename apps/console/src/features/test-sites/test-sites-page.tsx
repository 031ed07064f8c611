import type { KeptTestSite } from '@jiankangbao/contracts/test-site/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { SiteDrawer } from './site-drawer.tsx'

const columns: Column<KeptTestSite>[] = [
  {
    key: 'name',
    title: 'testSites.name',
    primary: true,
    render: ({ name, divisionName, address }) => (
      <>
        {name}
        <div className="quiet small">
          {divisionName} · {address}
        </div>
      </>
    ),
  },
  {
    key: 'audience',
    title: 'testSites.audience',
    render: ({ audience }, t) => t(`testSites.audiences.${audience}`),
  },
  {
    key: 'hours',
    title: 'testSites.hours',
    render: ({ hours }) => hours.map(({ opens, closes }) => `${opens}–${closes}`).join(' '),
  },
  {
    key: 'state',
    title: 'testSites.state',
    render: ({ state }, t) => (
      <Tag color={state === 'active' ? 'green' : 'default'}>{t(`testSites.states.${state}`)}</Tag>
    ),
  },
  { key: 'shifts', title: 'testSites.shifts', render: ({ openShifts }) => openShifts },
  { key: 'today', title: 'testSites.today', render: ({ sampledToday }) => sampledToday.toLocaleString() },
]

/** The testing sites of the own division: what everybody sees of them, and how much they did today. */
export default function TestSitesPage() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<KeptTestSite | 'new'>()
  const query = useQuery({
    queryKey: ['test-sites'],
    queryFn: () => call('listKeptTestSites', {}),
    refetchInterval: 60_000,
  })
  const add = (
    <Button type="primary" onClick={() => setEditing('new')}>
      {t('testSites.add')}
    </Button>
  )
  return (
    <>
      <PageHead title={t('testSites.title')} actions={add} />
      <p className="quiet">{t('testSites.lead')}</p>
      <QueryView query={query}>
        {({ sites }) => (
          <DataList
            label={t('testSites.title')}
            rows={sites}
            rowKey={({ siteId }) => siteId}
            columns={columns}
            empty={{ title: t('testSites.empty'), hint: t('testSites.emptyHint') }}
            actions={(site) =>
              site.state === 'closed' ? null : (
                <Button onClick={() => setEditing(site)}>{t('testSites.change')}</Button>
              )
            }
          />
        )}
      </QueryView>
      {editing && (
        <SiteDrawer site={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </>
  )
}
