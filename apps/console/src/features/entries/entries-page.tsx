import type { EntryView, OfficeEntry } from '@jiankangbao/contracts/entry/schemas'
import { shanghaiDayNumber } from '@jiankangbao/domain/time/shanghai'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Radio, Space, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { useListQuery } from '../../ui/list-page.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { EntryDetails } from './entry-details.tsx'
import { EntryExport } from './entry-export.tsx'
import { EntrySearch } from './entry-search.tsx'
import { FollowUp } from './follow-up.tsx'

const EntryFigures = lazy(() => import('./entry-figures.tsx'))
const VIEWS: readonly EntryView[] = ['arrived', 'overdue', 'expected', 'received', 'ended', 'all']

const columns: Column<OfficeEntry>[] = [
  {
    key: 'travellers',
    title: 'entries.travellers',
    primary: true,
    render: (entry) => <Travellers entry={entry} />,
  },
  { key: 'arrival', title: 'entries.arrival', render: (entry) => <Arrival entry={entry} /> },
  {
    key: 'to',
    title: 'entries.to',
    render: ({ destinationName, destinationDetail, originCode, placeNames }, t) => (
      <>
        {destinationName}
        <div>{destinationDetail}</div>
        <div className="quiet small">
          {t('entries.from')} {placeNames[originCode] ?? originCode}
        </div>
      </>
    ),
  },
  {
    key: 'state',
    title: 'venues.state',
    render: (entry, t) => (
      <>
        <Tag data-testid="entry-state">{t(`entries.state.${entry.state}`)}</Tag>
        {entry.overdue && <Tag color="error">{t('entries.overdue')}</Tag>}
        <DaysHere entry={entry} />
      </>
    ),
  },
]

/** Journeys to the own division: who comes, who is here and waits to be received. */
export default function EntriesPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['view', 'division', 'on'] as const)
  const navigate = useNavigate()
  const [asked, setAsked] = useState<'search' | 'export'>()
  const [found, setFound] = useState<readonly OfficeEntry[]>()
  const view = chosenOf(VIEWS, values.view) ?? 'arrived'
  const scope: { divisionCode?: string } = values.division ? { divisionCode: values.division } : {}
  const filters = { view, ...scope, ...(values.on ? { arrivalOn: values.on } : {}) }
  const query = useListQuery({
    key: ['entries', 'list'],
    query: { limit: 20, ...filters, ...(cursor ? { cursor } : {}) },
    load: (page) => call('listEntries', { query: page }),
    refreshMs: 30_000,
  })
  const figures = useQuery({
    queryKey: ['entries', 'figures', scope],
    queryFn: () => call('getEntryFigures', { query: scope }),
    refetchInterval: 60_000,
  })
  const countOf = (each: EntryView): string => {
    const { expected, arrived, received, overdue } = figures.data ?? {}
    const count = { expected, arrived, received, overdue, ended: undefined, all: undefined }[each]
    return count === undefined ? '' : ` ${count}`
  }
  return (
    <>
      <PageHead title={t('entries.title')} />
      <div className="filters no-print">
        <Radio.Group
          className="filter-auto"
          optionType="button"
          value={view}
          onChange={({ target }) => set({ view: String(target.value) })}
          options={VIEWS.map((each) => ({
            value: each,
            label: `${t(`entries.views.${each}`)}${countOf(each)}`,
          }))}
        />
        <DivisionField
          placeholder={t('entries.division')}
          allowClear
          value={values.division}
          onChange={(division) => set({ division })}
        />
        <Input
          type="date"
          aria-label={t('entries.arrivalOn')}
          value={values.on ?? ''}
          onChange={({ target }) => set({ on: target.value || undefined })}
        />
        <Space wrap className="filter-auto">
          <Button onClick={() => setAsked('search')}>{t('entries.search')}</Button>
          <Button onClick={() => setAsked('export')}>{t('entries.export')}</Button>
          <Button
            onClick={() =>
              void navigate(pathTo('/entries/day-sheet', { division: values.division, on: values.on }))
            }
          >
            {t('entries.sheet.title')}
          </Button>
          <Button onClick={() => window.print()}>{t('entries.print')}</Button>
        </Space>
      </div>
      <p className="quiet small no-print">{t('entries.overdueHint')}</p>
      {figures.data && figures.data.modes.length > 0 && (
        <Suspense fallback={null}>
          <EntryFigures figures={figures.data} />
        </Suspense>
      )}
      {found ? (
        <>
          <p>
            {t('entries.found', { count: found.length })}{' '}
            <Button type="link" onClick={() => setFound(undefined)}>
              {t('entries.backToList')}
            </Button>
          </p>
          <EntryList entries={found} />
        </>
      ) : (
        <QueryView query={query}>
          {({ entries, nextCursor }) => (
            <EntryList entries={entries} refreshing={query.isPlaceholderData} paging={paging(nextCursor)} />
          )}
        </QueryView>
      )}
      <EntrySearch open={asked === 'search'} onClose={() => setAsked(undefined)} onFound={setFound} />
      <EntryExport open={asked === 'export'} onClose={() => setAsked(undefined)} filters={filters} />
    </>
  )
}

interface ListProps {
  entries: readonly OfficeEntry[]
  refreshing?: boolean
  paging?: ReturnType<ReturnType<typeof useUrlFilters>['paging']>
}

const EntryList = ({ entries, refreshing = false, paging }: ListProps) => {
  const { t } = useTranslation()
  return (
    <DataList
      label={t('entries.title')}
      rows={entries}
      rowKey={({ entryId }) => entryId}
      refreshing={refreshing}
      {...(paging ? { paging } : {})}
      empty={{ title: t('entries.empty'), hint: t('entries.emptyHint') }}
      expand={(entry) => <EntryDetails entry={entry} />}
      columns={columns}
      actions={(entry) => <FollowUp entry={entry} />}
    />
  )
}

const Travellers = ({ entry: { travellers, ratedStays } }: { entry: OfficeEntry }) => {
  const { t } = useTranslation()
  const unwell = travellers.filter(({ symptoms }) => symptoms !== undefined).length
  return (
    <>
      {travellers.map(({ personId, nameMasked, colour }) => (
        <div key={personId}>
          {nameMasked} <ColourTag colour={colour} />
        </div>
      ))}
      {unwell > 0 && <Tag color="error">{t('entries.unwell', { count: unwell })}</Tag>}
      {Object.keys(ratedStays).length > 0 && <Tag color="error">{t('entries.fromRiskArea')}</Tag>}
    </>
  )
}

/** How long somebody is here: the day of arrival is day 0, as the health authorities count. */
const DaysHere = ({ entry: { arrivedAt, receivedAt, state } }: { entry: OfficeEntry }) => {
  const { t } = useTranslation()
  const since = arrivedAt ?? receivedAt
  if (!since || (state !== 'arrived' && state !== 'received')) return null
  const count = shanghaiDayNumber(Date.now()) - shanghaiDayNumber(Date.parse(since))
  return <div className="quiet small">{t('entries.daysHere', { count })}</div>
}

const Arrival = ({ entry }: { entry: OfficeEntry }) => {
  const { t } = useTranslation()
  const { arrivalMode, arrivalNumber, plannedArrivalAt, arrivedAt } = entry
  return (
    <>
      {t(`entries.modes.${arrivalMode}`)} {arrivalNumber}
      <div className="quiet small">
        {arrivedAt
          ? t('entries.arrived', { at: formatInstant(arrivedAt) })
          : t('entries.planned', { at: formatInstant(plannedArrivalAt) })}
      </div>
    </>
  )
}
