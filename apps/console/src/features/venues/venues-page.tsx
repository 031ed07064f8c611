import type { VenueEntry, VenueState } from '@jiankangbao/contracts/schemas/venue'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, Select } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { formatDay } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { wordKind } from '../../ui/reference-data.ts'
import { DivisionField, KindField } from '../../ui/tree-fields.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { VenueStateTag } from './state-tag.tsx'
import { venueListQuery } from './venue-queries.ts'

const states: readonly VenueState[] = ['applied', 'active', 'suspended', 'rejected', 'closed']
const filterNames = ['state', 'kind', 'divisionCode', 'search', 'pendingReview'] as const

/** Venues within reach, filtered by the address. */
export default function VenuesPage() {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const { values, cursor, set, paging } = useUrlFilters(filterNames)
  const query = useQuery(venueListQuery(toQuery(values, cursor)))
  const apply = may('applyVenue') && (
    <Button type="primary" onClick={() => navigate('/venues/apply')}>
      {t('venues.apply')}
    </Button>
  )
  return (
    <>
      <PageHead title={t('venues.title')} actions={apply} />
      <Filters values={values} set={set} />
      <QueryView query={query}>
        {({ venues, nextCursor }) => (
          <DataList
            label={t('venues.title')}
            rows={venues}
            rowKey={(venue) => venue.venueId}
            columns={toColumns(t)}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('venues.empty'), hint: t('venues.emptyHint') }}
          />
        )}
      </QueryView>
    </>
  )
}

type Values = Partial<Record<(typeof filterNames)[number], string>>

const toQuery = (values: Values, cursor: string | undefined) => {
  const { state, pendingReview, ...rest } = values
  const known = states.find((known) => known === state)
  return {
    ...rest,
    limit: 20,
    ...(known ? { state: known } : {}),
    ...(pendingReview === 'true' ? { pendingReview: 'true' as const } : {}),
    ...(cursor ? { cursor } : {}),
  }
}

const toColumns = (t: TFunction): Column<VenueEntry>[] => [
  {
    key: 'name',
    title: t('venues.name'),
    primary: true,
    render: (venue) => <Link to={`/venues/${venue.venueId}`}>{venue.name}</Link>,
  },
  { key: 'kind', title: t('venues.kind'), render: (venue) => wordKind(t, venue.kind) },
  { key: 'division', title: t('venues.division'), render: (venue) => venue.divisionName },
  { key: 'address', title: t('venues.address'), render: (venue) => venue.address },
  { key: 'state', title: t('venues.state'), render: (venue) => <VenueStateTag state={venue.state} /> },
  { key: 'points', title: t('venues.pointCount'), render: (venue) => venue.pointCount },
  { key: 'applied', title: t('venues.appliedAt'), render: (venue) => formatDay(venue.appliedAt) },
]

const Filters = ({ values, set }: { values: Values; set: (changes: Values) => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <search className="filters">
      <Input.Search
        key={values.search ?? ''}
        className="filter-wide"
        defaultValue={values.search ?? ''}
        placeholder={t('venues.searchHint')}
        aria-label={t('venues.searchHint')}
        maxLength={60}
        allowClear
        onSearch={(search) => set({ search: search.trim() })}
      />
      <Select
        value={values.state ?? ''}
        aria-label={t('venues.state')}
        onChange={(state) => set({ state })}
        options={[
          { value: '', label: `${t('venues.state')}${t('app.colon')}${t('app.action.all')}` },
          ...states.map((state) => ({ value: state, label: t(`venues.states.${state}`) })),
        ]}
      />
      <KindField
        value={values.kind}
        placeholder={t('venues.kindAny')}
        allowClear
        onChange={(kind) => set({ kind: kind ?? '' })}
      />
      <DivisionField
        value={values.divisionCode}
        placeholder={t('venues.divisionAny')}
        allowClear
        onChange={(divisionCode) => set({ divisionCode: divisionCode ?? '' })}
      />
      {may('reviewVenue') && (
        <Checkbox
          className="filter-auto"
          checked={values.pendingReview === 'true'}
          onChange={({ target }) => set({ pendingReview: target.checked ? 'true' : '' })}
        >
          {t('venues.pendingOnly')}
        </Checkbox>
      )}
    </search>
  )
}
