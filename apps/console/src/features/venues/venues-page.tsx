import type { VenueEntry, VenueState } from '@jiankangbao/contracts/venue/schemas'
import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { formatDay } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage } from '../../ui/list-page.tsx'
import { wordKind } from '../../ui/reference-data.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { DivisionField, KindField } from '../../ui/tree-fields.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { VenueStateTag } from './state-tag.tsx'
import { venueListQuery } from './venue-queries.ts'

const STATES: readonly VenueState[] = ['applied', 'active', 'suspended', 'rejected', 'closed']
const FILTERS = ['state', 'kind', 'divisionCode', 'search', 'pendingReview'] as const
type Values = Partial<Record<(typeof FILTERS)[number], string>>

const columns: Column<VenueEntry>[] = [
  {
    key: 'name',
    title: 'venues.name',
    primary: true,
    render: ({ venueId, name }) => <Link to={pathTo('/venues/:venueId', { venueId })}>{name}</Link>,
  },
  { key: 'kind', title: 'venues.kind', render: ({ kind }, t) => wordKind(t, kind) },
  { key: 'division', title: 'venues.division', render: ({ divisionName }) => divisionName },
  { key: 'address', title: 'venues.address', render: ({ address }) => address },
  { key: 'state', title: 'venues.state', render: ({ state }) => <VenueStateTag state={state} /> },
  { key: 'points', title: 'venues.pointCount', render: ({ pointCount }) => pointCount },
  { key: 'applied', title: 'venues.appliedAt', render: ({ appliedAt }) => formatDay(appliedAt) },
]

/** Venues within reach, filtered by the address. */
export default function VenuesPage() {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const query = useQuery(venueListQuery(toQuery(values, cursor)))
  const apply = may('applyVenue') && (
    <Button type="primary" onClick={() => navigate(pathTo('/venues/apply'))}>
      {t('venues.apply')}
    </Button>
  )
  return (
    <ListPage
      words="venues"
      actions={apply}
      filters={<Filters values={values} set={set} />}
      query={query}
      paging={paging}
      rows={({ venues }) => venues}
      rowKey={({ venueId }) => venueId}
      columns={columns}
    />
  )
}

const toQuery = (values: Values, cursor: string | undefined) => {
  const { divisionCode, search, pendingReview } = values
  const state = chosenOf(STATES, values.state)
  const kind = chosenOf(VENUE_KINDS, values.kind)
  return {
    limit: 20,
    ...(divisionCode ? { divisionCode } : {}),
    ...(search ? { search } : {}),
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(pendingReview === 'true' ? { pendingReview: 'true' as const } : {}),
    ...(cursor ? { cursor } : {}),
  }
}

const Filters = ({ values, set }: { values: Values; set: (changes: Values) => void }) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <>
      <SearchField
        value={values.search}
        hint={t('venues.searchHint')}
        onSearch={(search) => set({ search })}
      />
      <Select
        value={chosenOf(STATES, values.state) ?? ''}
        aria-label={t('venues.state')}
        onChange={(state) => set({ state })}
        options={[
          { value: '', label: `${t('venues.state')}${t('app.colon')}${t('app.action.all')}` },
          ...STATES.map((state) => ({ value: state, label: t(`venues.states.${state}`) })),
        ]}
      />
      <KindField
        value={chosenOf(VENUE_KINDS, values.kind)}
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
    </>
  )
}
