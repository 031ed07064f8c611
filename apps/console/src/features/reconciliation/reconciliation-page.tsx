import type { MissingTube, TubeDay } from '@jiankangbao/contracts/reconciliation/schemas'
import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import './reconciliation.css'

const EVERY_MS = 60_000

/** One step of a day beside the tubes that were sealed: a bar as long as its share. */
const Share = ({ count, of }: { count: number; of: number }) => (
  <div className="share">
    <span>{count.toLocaleString()}</span>
    <span className="share-track" aria-hidden="true">
      <span className="share-bar" style={{ width: `${of === 0 ? 0 : Math.round((100 * count) / of)}%` }} />
    </span>
  </div>
)

const dayColumns: Column<TubeDay>[] = [
  { key: 'day', title: 'reconciliation.day', primary: true, render: ({ onDate }) => onDate },
  {
    key: 'sealed',
    title: 'reconciliation.sealed',
    render: (day) => <Share count={day.sealed} of={day.sealed} />,
  },
  {
    key: 'handed',
    title: 'reconciliation.handedOver',
    render: (day) => <Share count={day.handedOver} of={day.sealed} />,
  },
  {
    key: 'received',
    title: 'reconciliation.received',
    render: (day) => <Share count={day.received} of={day.sealed} />,
  },
  {
    key: 'resulted',
    title: 'reconciliation.resulted',
    render: (day) => <Share count={day.resulted} of={day.sealed} />,
  },
  {
    key: 'people',
    title: 'reconciliation.people',
    render: ({ peopleSealed, peopleTold }, t) =>
      t('reconciliation.peopleTold', {
        sealed: peopleSealed.toLocaleString(),
        told: peopleTold.toLocaleString(),
      }),
  },
  {
    key: 'gaps',
    title: 'reconciliation.gapsTitle',
    render: ({ gaps, sealed }, t) =>
      gaps.length === 0 ? (
        <Tag color={sealed > 0 ? 'success' : 'default'}>
          {t(sealed > 0 ? 'reconciliation.even' : 'reconciliation.nothing')}
        </Tag>
      ) : (
        gaps.map(({ gap, count }) => (
          <Tag key={gap} color="error">
            {t(`reconciliation.gaps.${gap}`, { count })}
          </Tag>
        ))
      ),
  },
]

const tubeColumns: Column<MissingTube>[] = [
  { key: 'barcode', title: 'reconciliation.barcode', primary: true, render: ({ barcode }) => barcode },
  {
    key: 'state',
    title: 'reconciliation.state',
    render: ({ state, carrier, handedOverAt, boxBarcode }, t) => (
      <>
        {t(`reconciliation.states.${state}`)}
        <div className="quiet small">
          {[boxBarcode, carrier, formatInstant(handedOverAt)].filter(Boolean).join(' · ')}
        </div>
      </>
    ),
  },
  {
    key: 'site',
    title: 'reconciliation.site',
    render: ({ siteName, divisionName }) => `${siteName}（${divisionName}）`,
  },
  { key: 'laboratory', title: 'reconciliation.laboratory', render: ({ laboratory }) => laboratory ?? '–' },
  { key: 'people', title: 'reconciliation.peopleIn', render: ({ people }) => people },
  { key: 'sealedAt', title: 'reconciliation.sealedAt', render: ({ sealedAt }) => formatInstant(sealedAt) },
]

/** What site, carrier, laboratory and results count, day by day; and the tubes that have not arrived. */
export default function ReconciliationPage() {
  const { t } = useTranslation()
  const days = useQuery({
    queryKey: ['tube-days'],
    queryFn: () => call('listTubeDays', {}),
    refetchInterval: EVERY_MS,
  })
  const missing = useQuery({
    queryKey: ['missing-tubes'],
    queryFn: () => call('listMissingTubes', {}),
    refetchInterval: EVERY_MS,
  })
  return (
    <>
      <PageHead title={t('reconciliation.title')} />
      <p className="quiet">{t('reconciliation.lead')}</p>
      <QueryView query={days}>
        {(answer) => (
          <DataList
            label={t('reconciliation.title')}
            rows={answer.days}
            rowKey={({ onDate }) => onDate}
            columns={dayColumns}
            empty={{ title: t('reconciliation.nothing') }}
          />
        )}
      </QueryView>
      <h2>{t('reconciliation.missingTitle')}</h2>
      <QueryView query={missing}>
        {({ tubes, hours }) => (
          <DataList
            label={t('reconciliation.missingTitle')}
            rows={tubes}
            rowKey={({ barcode }) => barcode}
            columns={tubeColumns}
            empty={{
              title: t('reconciliation.noneMissing'),
              hint: t('reconciliation.missingHint', { hours }),
            }}
          />
        )}
      </QueryView>
    </>
  )
}
