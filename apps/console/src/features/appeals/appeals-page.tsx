import type { AppealState, OfficeAppealEntry } from '@jiankangbao/contracts/appeal/schemas'
import { APPEAL_STATES } from '@jiankangbao/domain/vocabulary/appeals'
import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import './appeals.css'
import { StateTag } from './state-tag.tsx'

const FILTERS = ['state', 'mine', 'escalated'] as const
type Values = Partial<Record<(typeof FILTERS)[number], string>>

const columns: Column<OfficeAppealEntry>[] = [
  {
    key: 'person',
    title: 'appeals.person',
    primary: true,
    render: ({ nameMasked, statement }) => (
      <>
        {nameMasked}
        <div className="quiet small appeal-excerpt">{statement}</div>
      </>
    ),
  },
  { key: 'against', title: 'appeals.against', render: ({ category }, t) => wordCategory(t, category) },
  {
    key: 'submitted',
    title: 'appeals.submitted',
    render: ({ submittedAt, divisionName, escalated }, t) => (
      <>
        {formatInstant(submittedAt)}
        <div className="quiet small">
          {divisionName}
          {escalated && ` · ${t('appeals.escalated')}`}
        </div>
      </>
    ),
  },
  {
    key: 'handler',
    title: 'appeals.handler',
    render: ({ handledBy }, t) => handledBy ?? t('appeals.nobody'),
  },
  { key: 'state', title: 'venues.state', render: ({ state }) => <StateTag state={state} /> },
]

/** Without a choice those that nobody has taken are shown: they are the work. */
const stateOf = ({ state, mine }: Values): AppealState | undefined => {
  const chosen = chosenOf(APPEAL_STATES, state)
  return state === 'all' || mine === 'true' ? chosen : (chosen ?? 'submitted')
}

/** Appeals of the own division, those that wait first. */
export default function AppealsPage() {
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const state = stateOf(values)
  const query = useListQuery({
    key: ['appeals', 'list'],
    query: {
      limit: 20,
      ...(state ? { state } : {}),
      ...(values.mine === 'true' ? { mine: 'true' as const } : {}),
      ...(values.escalated === 'true' ? { escalated: 'true' as const } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (filters) => call('listAppeals', { query: filters }),
    refreshMs: 30_000,
  })
  return (
    <ListPage
      words="appeals"
      filters={<Filters values={values} set={set} />}
      query={query}
      paging={paging}
      rows={({ appeals }) => appeals}
      rowKey={({ appealId }) => appealId}
      columns={columns}
      rowActions={({ appealId }) => <OpenButton to={pathTo('/appeals/:appealId', { appealId })} />}
    />
  )
}

const Filters = ({ values, set }: { values: Values; set: (changes: Values) => void }) => {
  const { t } = useTranslation()
  return (
    <>
      <Select
        value={stateOf(values) ?? 'all'}
        aria-label={t('venues.state')}
        onChange={(state) => set({ state })}
        options={[
          ...APPEAL_STATES.map((state) => ({ value: state, label: t(`appeals.states.${state}`) })),
          { value: 'all', label: t('appeals.allStates') },
        ]}
      />
      <Checkbox
        checked={values.mine === 'true'}
        onChange={({ target }) => set({ mine: target.checked ? 'true' : '', state: 'all' })}
      >
        {t('appeals.onlyMine')}
      </Checkbox>
      <Checkbox
        checked={values.escalated === 'true'}
        onChange={({ target }) => set({ escalated: target.checked ? 'true' : '' })}
      >
        {t('appeals.onlyEscalated')}
      </Checkbox>
    </>
  )
}
