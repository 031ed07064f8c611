import type { Case, CaseStay } from '@jiankangbao/contracts/tracing/schemas'
import { Button, Empty, Segmented, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { wordKind } from '../../ui/reference-data.ts'
import { CaseTimeline } from './case-timeline.tsx'
import { PaperModal } from './paper-modal.tsx'
import { StayDrawer } from './stay-drawer.tsx'
import { colourIndexes, type Grouping, groupStays } from './stay-groups.ts'
import type { Editing } from './use-case-action.ts'

const GROUPINGS = ['time', 'venue', 'district'] as const

const columns: Column<CaseStay>[] = [
  {
    key: 'place',
    title: 'cases.place',
    primary: true,
    render: ({ venueName, pointName, venueKind, divisionName }, t) => (
      <>
        {venueName} · {pointName}
        <div className="quiet small">
          {wordKind(t, venueKind)} · {divisionName}
        </div>
      </>
    ),
  },
  {
    key: 'stay',
    title: 'cases.stay',
    render: ({ fromAt, untilAt, adjusted }, t) => (
      <>
        {formatInstant(fromAt)} – {formatInstant(untilAt).slice(11)}
        <div className="quiet small">
          {adjusted ? t('cases.adjusted', { by: adjusted.by, why: adjusted.why }) : t('cases.standardStay')}
        </div>
      </>
    ),
  },
  { key: 'scope', title: 'cases.scope', render: ({ scope }, t) => t(`cases.scopes.${scope}`) },
  {
    key: 'margins',
    title: 'cases.margins',
    render: ({ marginBefore, marginAfter }, t) =>
      t('cases.marginsOf', { before: marginBefore, after: marginAfter }),
  },
  { key: 'counted', title: 'cases.counted', render: (stay) => <Counted stay={stay} /> },
]

const Counted = ({ stay }: { stay: CaseStay }) => {
  const { t } = useTranslation()
  return (
    <>
      <Tag color={stay.counted ? 'success' : 'default'}>
        {stay.counted ? '☑' : '☐'} {t(stay.counted ? 'cases.counts' : 'cases.countsNot')}
      </Tag>
      {stay.marks.map((mark) => (
        <Tag key={mark} color={mark === 'far' || mark === 'withdrawn' ? 'default' : 'warning'}>
          {t(`cases.marks.${mark}`)}
        </Tag>
      ))}
    </>
  )
}

/** Where the case was: drawn over days and hours, and listed by time, by venue or by district. */
export const CasePlaces = ({ opened, editing }: { opened: Case; editing: Editing }) => {
  const { t } = useTranslation()
  const [stayId, setStayId] = useState<string>()
  const [paperAt, setPaperAt] = useState<CaseStay>()
  const [by, setBy] = useState<Grouping>('time')
  const stay = opened.stays.find((each) => each.stayId === stayId)
  const editable = opened.state === 'open'
  if (opened.stays.length === 0 && opened.events.length === 0)
    return (
      <div className="panel" data-testid="no-visits">
        <h2>{t('cases.places')}</h2>
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={
            <>
              <div>{t('cases.noVisits')}</div>
              <div className="quiet small">{t('cases.noVisitsHint')}</div>
            </>
          }
        />
      </div>
    )
  return (
    <div className="panel">
      <h2>
        {t('cases.places')}
        <Segmented
          value={by}
          onChange={setBy}
          options={GROUPINGS.map((value) => ({ value, label: t(`cases.groupings.${value}`) }))}
        />
      </h2>
      <CaseTimeline
        opened={opened}
        colours={colourIndexes(opened.stays)}
        onOpen={editable ? setStayId : undefined}
      />
      {groupStays(opened.stays, by).map(({ name, stays }) => (
        <section key={name} className="case-stays">
          {name && (
            <h3>
              {name} <span className="quiet small">{t('cases.staysCount', { count: stays.length })}</span>
            </h3>
          )}
          <DataList
            label={name || t('cases.places')}
            rows={stays}
            rowKey={(each) => each.stayId}
            columns={columns}
            empty={{ title: t('cases.noVisits') }}
            actions={(each) =>
              editable && (
                <StayActs onAdjust={() => setStayId(each.stayId)} onPaper={() => setPaperAt(each)} />
              )
            }
          />
        </section>
      ))}
      {paperAt && (
        <PaperModal opened={opened} stay={paperAt} editing={editing} onClose={() => setPaperAt(undefined)} />
      )}
      {stay && (
        <StayDrawer
          key={stay.stayId}
          opened={opened}
          stay={stay}
          editing={editing}
          onClose={() => setStayId(undefined)}
        />
      )}
    </div>
  )
}

const StayActs = ({ onAdjust, onPaper }: { onAdjust: () => void; onPaper: () => void }) => {
  const { t } = useTranslation()
  return (
    <Space>
      <Button onClick={onAdjust}>{t('cases.adjust')}</Button>
      <Button onClick={onPaper}>{t('cases.paper')}</Button>
    </Space>
  )
}
