import type { RiskAreaList } from '@jiankangbao/contracts/risk-area/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Input, Radio, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { FeedHistory } from './feed-history.tsx'
import { HeldAreas } from './held-areas.tsx'
import { HeldFeed } from './held-feed.tsx'

const LEVELS = ['all', 'high', 'medium', 'low'] as const
const MOST_SHOWN = 300
const REFRESH_MS = 30_000

type Area = RiskAreaList['areas'][number]

const matches = ({ name, divisionCode }: Area, text: string): boolean =>
  name.includes(text) || divisionCode.startsWith(text)

const COLOURS = { high: 'error', medium: 'warning', low: 'default' } as const

const columns: Column<Area>[] = [
  {
    key: 'name',
    title: 'riskAreas.area',
    primary: true,
    render: ({ name, divisionCode }) => (
      <>
        {name}
        <div className="quiet small">{divisionCode}</div>
      </>
    ),
  },
  {
    key: 'level',
    title: 'riskAreas.level',
    render: ({ level }, t) => <Tag color={COLOURS[level]}>{t(`riskAreas.levels.${level}`)}</Tag>,
  },
  { key: 'since', title: 'riskAreas.since', render: ({ validFrom }) => formatInstant(validFrom) },
  {
    key: 'until',
    title: 'riskAreas.until',
    render: ({ validTo }, t) => (validTo ? formatInstant(validTo) : t('riskAreas.open')),
  },
  {
    key: 'source',
    title: 'riskAreas.source',
    render: ({ source }, t) => t(source === 'file' ? 'riskAreas.file' : 'riskAreas.feed'),
  },
]

/** The areas rated now with their sources, lists that were held back, and every version of the feed. */
export default function RiskAreasPage() {
  const { t } = useTranslation()
  const list = useQuery({
    queryKey: ['risk-areas'],
    queryFn: () => call('listRiskAreas', {}),
    refetchInterval: REFRESH_MS,
  })
  return (
    <>
      <PageHead title={t('riskAreas.title')} />
      <p className="quiet">{t('riskAreas.lead')}</p>
      <Feeds part="held" />
      <HeldAreas />
      <QueryView query={list}>{(loaded) => <Areas list={loaded} />}</QueryView>
      <h2>{t('riskAreas.history')}</h2>
      <Feeds part="history" />
    </>
  )
}

const Feeds = ({ part }: { part: 'held' | 'history' }) => {
  const may = useMay()
  const query = useQuery({
    queryKey: ['risk-area-feeds'],
    queryFn: () => call('listRiskAreaFeeds', {}),
    refetchInterval: REFRESH_MS,
  })
  if (part === 'history')
    return <QueryView query={query}>{({ feeds }) => <FeedHistory feeds={feeds} />}</QueryView>
  const held = query.data?.feeds.find(({ state }) => state === 'held')
  return held ? <HeldFeed feed={held} mayDecide={may('decideRiskAreaFeed')} /> : null
}

const Areas = ({ list }: { list: RiskAreaList }) => {
  const { t } = useTranslation()
  const { values, set } = useUrlFilters(['level', 'text'] as const)
  const level = chosenOf(LEVELS, values.level) ?? 'all'
  const text = values.text?.trim() ?? ''
  const found = list.areas.filter((area) => (level === 'all' || area.level === level) && matches(area, text))
  return (
    <>
      {list.stale && (
        <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('riskAreas.stale')} />
      )}
      <p className="quiet small">
        {t('riskAreas.age', {
          asOf: formatInstant(list.asOf),
          checkedAt: formatInstant(list.checkedAt),
          count: found.length,
          all: list.areas.length,
        })}
      </p>
      <div className="filters">
        <Radio.Group
          className="filter-auto"
          optionType="button"
          aria-label={t('riskAreas.level')}
          value={level}
          onChange={({ target }) => set({ level: String(target.value) })}
          options={LEVELS.map((each) => ({ value: each, label: t(`riskAreas.levels.${each}`) }))}
        />
        <Input.Search
          aria-label={t('riskAreas.search')}
          placeholder={t('riskAreas.search')}
          defaultValue={text}
          allowClear
          onSearch={(value) => set({ text: value })}
        />
      </div>
      <DataList
        label={t('riskAreas.title')}
        rows={found.slice(0, MOST_SHOWN)}
        rowKey={(area) => `${area.source} ${area.divisionCode} ${area.name} ${area.validFrom}`}
        empty={{ title: t('riskAreas.empty') }}
        columns={columns}
      />
      {found.length > MOST_SHOWN && (
        <p className="quiet small">{t('riskAreas.more', { count: MOST_SHOWN })}</p>
      )}
    </>
  )
}
