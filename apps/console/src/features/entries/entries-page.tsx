import type { EntryView, OfficeEntry } from '@jiankangbao/contracts/schemas/entry'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Radio, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { FollowUp } from './follow-up.tsx'

const VIEWS: readonly EntryView[] = ['arrived', 'overdue', 'expected', 'received', 'ended', 'all']

/** Journeys to the own division: who comes, who is here and waits to be received. */
export default function EntriesPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['view'] as const)
  const view = VIEWS.find((each) => each === values.view) ?? 'arrived'
  const filters = { limit: 20, view, ...(cursor ? { cursor } : {}) }
  const query = useQuery({
    queryKey: ['entries', 'list', filters],
    queryFn: () => call('listEntries', { query: filters }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const figures = useQuery({
    queryKey: ['entries', 'figures'],
    queryFn: () => call('getEntryFigures', { query: {} }),
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
      <div className="filters">
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
      </div>
      <p className="quiet small">{t('entries.overdueHint')}</p>
      <QueryView query={query}>
        {({ entries, nextCursor }) => (
          <DataList
            label={t('entries.title')}
            rows={entries}
            rowKey={({ entryId }) => entryId}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('entries.empty'), hint: t('entries.emptyHint') }}
            expand={(entry) => <Details entry={entry} />}
            columns={[
              {
                key: 'travellers',
                title: t('entries.travellers'),
                primary: true,
                render: ({ travellers, unwellCount }) => (
                  <>
                    {travellers.map(({ personId, nameMasked, colour }) => (
                      <div key={personId}>
                        {nameMasked} <ColourTag colour={colour} />
                      </div>
                    ))}
                    {unwellCount > 0 && (
                      <Tag color="error">{t('entries.unwell', { count: unwellCount })}</Tag>
                    )}
                  </>
                ),
              },
              { key: 'arrival', title: t('entries.arrival'), render: (entry) => <Arrival entry={entry} /> },
              {
                key: 'to',
                title: t('entries.to'),
                render: ({ destinationDetail, originCode, placeNames }) => (
                  <>
                    {destinationDetail}
                    <div className="quiet small">
                      {t('entries.from')} {placeNames[originCode] ?? originCode}
                    </div>
                  </>
                ),
              },
              {
                key: 'state',
                title: t('venues.state'),
                render: ({ state, overdue }) => (
                  <>
                    <Tag data-testid="entry-state">{t(`entries.state.${state}`)}</Tag>
                    {overdue && <Tag color="error">{t('entries.overdue')}</Tag>}
                  </>
                ),
              },
              { key: 'acts', title: '', actions: true, render: (entry) => <FollowUp entry={entry} /> },
            ]}
          />
        )}
      </QueryView>
    </>
  )
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

const Details = ({ entry }: { entry: OfficeEntry }) => {
  const { t } = useTranslation()
  const { stays, placeNames, latestTest, note, receivedBy, receivedAt } = entry
  return (
    <div className="small">
      <div>
        {t('entries.stays')}：
        {stays
          .map(
            ({ divisionCode, fromOn, toOn }) =>
              `${placeNames[divisionCode] ?? divisionCode} ${fromOn}–${toOn}`,
          )
          .join('；')}
      </div>
      {latestTest && <div>{t('entries.test', { on: latestTest.sampledOn, result: latestTest.result })}</div>}
      {receivedBy && <div>{t('entries.received', { by: receivedBy, at: formatInstant(receivedAt) })}</div>}
      {note && (
        <div>
          {t('entries.note')}：{note}
        </div>
      )}
    </div>
  )
}
