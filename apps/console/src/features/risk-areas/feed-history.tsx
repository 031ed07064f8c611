import type { RiskAreaFeed } from '@jiankangbao/contracts/risk-area/schemas'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'

const COLOURS = { applied: 'success', held: 'error', dropped: 'default' } as const

const columns: Column<RiskAreaFeed>[] = [
  {
    key: 'fetched',
    title: 'riskAreas.fetchedAt',
    primary: true,
    render: ({ fetchedAt }) => formatInstant(fetchedAt),
  },
  { key: 'asOf', title: 'riskAreas.asOf', render: ({ asOf }) => formatInstant(asOf) },
  { key: 'areas', title: 'riskAreas.areas', render: ({ areas }) => areas },
  {
    key: 'state',
    title: 'riskAreas.state',
    render: ({ state, decidedBy, decidedAt }, t) => (
      <>
        <Tag color={COLOURS[state]}>{t(`riskAreas.states.${state}`)}</Tag>
        {decidedAt && (
          <div className="quiet small">
            {decidedBy ?? t('riskAreas.byItself')} {formatInstant(decidedAt)}
          </div>
        )}
      </>
    ),
  },
]

/** The versions of the feed's list, newest first. */
export const FeedHistory = ({ feeds }: { feeds: readonly RiskAreaFeed[] }) => {
  const { t } = useTranslation()
  return (
    <DataList
      label={t('riskAreas.history')}
      rows={feeds}
      rowKey={({ version }) => version}
      empty={{ title: t('riskAreas.noFeeds') }}
      columns={columns}
    />
  )
}
