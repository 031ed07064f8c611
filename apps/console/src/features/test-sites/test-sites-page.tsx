import type { KeptTestSite } from '@jiankangbao/contracts/test-site/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { SiteDays } from './site-days.tsx'
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
    key: 'booking',
    title: 'testSites.booking',
    render: ({ slotMinutes, slotCapacity, walkIn }, t) =>
      slotMinutes === undefined
        ? t('testSites.walkInOnly')
        : `${t('testSites.perSlot', { minutes: slotMinutes, count: slotCapacity })}${walkIn ? '' : ` · ${t('testSites.bookingOnly')}`}`,
  },
  {
    key: 'state',
    title: 'testSites.state',
    render: ({ state }, t) => (
      <Tag color={state === 'active' ? 'success' : 'default'}>{t(`testSites.states.${state}`)}</Tag>
    ),
  },
  { key: 'shifts', title: 'testSites.shifts', render: ({ openShifts }) => openShifts },
  { key: 'today', title: 'testSites.today', render: ({ sampledToday }) => sampledToday.toLocaleString() },
]

interface ActionsProps {
  site: KeptTestSite
  onChange: (site: KeptTestSite) => void
  onDays: (site: KeptTestSite) => void
}

const SiteActions = ({ site, onChange, onDays }: ActionsProps) => {
  const { t } = useTranslation()
  if (site.state === 'closed') return null
  return (
    <Space>
      <Button onClick={() => onChange(site)}>{t('testSites.change')}</Button>
      <Button onClick={() => onDays(site)}>{t('testSites.days')}</Button>
    </Space>
  )
}

/** The testing sites of the own division: what everybody sees of them, and how much they did today. */
export default function TestSitesPage() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<KeptTestSite | 'new'>()
  const [daysOf, setDaysOf] = useState<KeptTestSite>()
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
            actions={(site) => <SiteActions site={site} onChange={setEditing} onDays={setDaysOf} />}
          />
        )}
      </QueryView>
      {editing && (
        <SiteDrawer site={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {daysOf && <SiteDays site={daysOf} onClose={() => setDaysOf(undefined)} />}
    </>
  )
}
