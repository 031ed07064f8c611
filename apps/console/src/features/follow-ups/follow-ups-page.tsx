import type { FollowUp, FollowUpFigures } from '@jiankangbao/contracts/follow-up/schemas'
import {
  FOLLOW_UP_MEASURES,
  FOLLOW_UP_VIEWS,
  type FollowUpView,
} from '@jiankangbao/domain/vocabulary/follow-ups'
import { useQuery } from '@tanstack/react-query'
import { Button, Radio, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { pathTo } from '../../path-to.ts'
import { DataList } from '../../ui/data-list.tsx'
import { useListQuery } from '../../ui/list-page.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { CallList } from './call-list.tsx'
import { columns } from './columns.tsx'
import { DoorAlarms } from './door-alarms.tsx'
import { ManyActs } from './many-acts.tsx'
import { RowActs } from './row-acts.tsx'
import './follow-ups.css'

/** Whoever is chosen stays as seen in that moment: what others change later is not agreed to by it. */
const keepChosen = (ids: readonly string[], before: readonly FollowUp[], shown: readonly FollowUp[]) =>
  ids.flatMap((id) => [...before, ...shown].find(({ followUpId }) => followUpId === id) ?? [])

/** Whom the own division looks after: who has to be called today, and what is known of everybody. */
export default function FollowUpsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { values, cursor, set, paging } = useUrlFilters(['view', 'division', 'measure'] as const)
  const [calling, setCalling] = useState(false)
  const [chosen, setChosen] = useState<FollowUp[]>([])
  const view = chosenOf(FOLLOW_UP_VIEWS, values.view) ?? 'to_see'
  const measure = chosenOf(FOLLOW_UP_MEASURES, values.measure)
  const scope = values.division ? { divisionCode: values.division } : {}
  const query = useListQuery({
    key: ['follow-ups', 'list'],
    query: { limit: 50, view, ...scope, ...(measure ? { measure } : {}), ...(cursor ? { cursor } : {}) },
    load: (page) => call('listFollowUps', { query: page }),
    refreshMs: 30_000,
  })
  const figures = useQuery({
    queryKey: ['follow-ups', 'figures', scope],
    queryFn: () => call('getFollowUpFigures', { query: scope }),
    refetchInterval: 30_000,
  })
  const isShown = (each: FollowUpView): boolean =>
    each !== 'unassigned' || each === view || (figures.data?.unassigned ?? 0) > 0
  const labelOf = (each: FollowUpView): string => {
    const count = each === 'ended' ? undefined : figures.data?.[each]
    return count === undefined ? t(`followUps.views.${each}`) : `${t(`followUps.views.${each}`)} ${count}`
  }
  return (
    <>
      <PageHead
        title={t('followUps.title')}
        actions={
          <Space wrap>
            <Button onClick={() => setCalling(true)}>{t('followUps.calls')}</Button>
            <Button
              onClick={() =>
                void navigate(
                  pathTo('/follow-ups/day-sheet', { division: values.division, view: values.view }),
                )
              }
            >
              {t('followUps.sheet.title')}
            </Button>
          </Space>
        }
      />
      <p className="quiet">{t('followUps.lead')}</p>
      <DoorAlarms />
      <DistrictAlarms counts={figures.data?.alarmsByDistrict ?? []} />
      <search className="filters">
        <Radio.Group
          className="filter-auto"
          optionType="button"
          value={view}
          onChange={({ target }) => {
            setChosen([])
            set({ view: String(target.value) })
          }}
          options={FOLLOW_UP_VIEWS.filter(isShown).map((each) => ({ value: each, label: labelOf(each) }))}
        />
        <DivisionField
          placeholder={t('followUps.division')}
          allowClear
          value={values.division}
          onChange={(division) => set({ division })}
        />
        <Select
          value={measure ?? ''}
          aria-label={t('followUps.measure')}
          onChange={(each) => set({ measure: each })}
          options={[
            { value: '', label: `${t('followUps.measure')}${t('app.colon')}${t('app.action.all')}` },
            ...FOLLOW_UP_MEASURES.map((each) => ({ value: each, label: t(`followUps.measures.${each}`) })),
          ]}
        />
      </search>
      <ManyActs chosen={chosen} onDone={() => setChosen([])} />
      <QueryView query={query}>
        {({ followUps, nextCursor }) => (
          <DataList<FollowUp>
            label={t('followUps.title')}
            rows={followUps}
            rowKey={({ followUpId }) => followUpId}
            columns={columns}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            choosing={{
              chosen: chosen.map(({ followUpId }) => followUpId),
              choose: (ids) => setChosen((before) => keepChosen(ids, before, followUps)),
            }}
            empty={{ title: t('followUps.empty'), hint: t('followUps.emptyHint') }}
            actions={(followUp) => <RowActs followUp={followUp} />}
          />
        )}
      </QueryView>
      <CallList open={calling} divisionCode={values.division} onClose={() => setCalling(false)} />
    </>
  )
}

/** What headquarters sees of people who are out: how many, and where. */
const DistrictAlarms = ({ counts }: { counts: FollowUpFigures['alarmsByDistrict'] }) => {
  const { t } = useTranslation()
  if (counts.length === 0) return null
  return (
    <section className="panel district-alarms" data-testid="district-alarms">
      <strong>{t('followUps.alarms.byDistrict')}</strong>
      {counts.map(({ code, name, count }) => (
        <span key={code}>
          {name} {count}
        </span>
      ))}
    </section>
  )
}
