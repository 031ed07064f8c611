import type { Matter } from '@jiankangbao/contracts/declaration/schemas'
import { MATTER_STATES } from '@jiankangbao/domain/vocabulary/journeys'
import { Radio, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { Declared } from './declared.tsx'
import { MatterActs } from './matter-acts.tsx'

const STATES = [...MATTER_STATES, 'all'] as const

const columns: Column<Matter>[] = [
  {
    key: 'person',
    title: 'matters.person',
    primary: true,
    render: ({ person, divisionName }) => (
      <>
        <Link to={pathTo('/people/:personId?', { personId: person.personId })}>{person.nameMasked}</Link>{' '}
        <ColourTag colour={person.colour} />
        <div className="quiet small">{divisionName}</div>
      </>
    ),
  },
  { key: 'declared', title: 'matters.declared', render: (matter) => <Declared matter={matter} /> },
  {
    key: 'might',
    title: 'matters.might',
    render: ({ category, cause, anchorAt }, t) => (
      <>
        {wordCategory(t, category)}
        <div className="quiet small">
          {t('people.anchor')} {formatInstant(anchorAt)}
        </div>
        <div className="quiet small">{t(`matters.causes.${cause}`)}</div>
      </>
    ),
  },
  { key: 'state', title: 'venues.state', render: (matter) => <Decision matter={matter} /> },
]

/** What people declared and an office has to verify, within the own division. */
export default function MattersPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['state'] as const)
  const state = chosenOf(STATES, values.state) ?? 'waiting'
  const query = useListQuery({
    key: ['matters'],
    query: { limit: 20, ...(state === 'all' ? {} : { state }), ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listMatters', { query: filters }),
    refreshMs: 30_000,
  })
  return (
    <ListPage
      words="matters"
      lead={t('matters.hint')}
      filters={
        <Radio.Group
          className="filter-auto"
          optionType="button"
          aria-label={t('venues.state')}
          value={state}
          onChange={({ target }) => set({ state: String(target.value) })}
          options={STATES.map((each) => ({ value: each, label: t(`matters.states.${each}`) }))}
        />
      }
      query={query}
      paging={paging}
      rows={({ matters }) => matters}
      rowKey={({ matterId }) => matterId}
      columns={columns}
      rowActions={(matter) => <MatterActs matter={matter} />}
    />
  )
}

const COLOURS = {
  waiting: 'warning',
  proposed: 'processing',
  approved: 'success',
  rejected: 'default',
  dismissed: 'default',
}

const Decision = ({ matter: { state, decidedBy, decidedAt, note } }: { matter: Matter }) => {
  const { t } = useTranslation()
  return (
    <>
      <Tag color={COLOURS[state]} data-testid="matter-state">
        {t(`matters.states.${state}`)}
      </Tag>
      {decidedBy && (
        <div className="quiet small">
          {decidedBy} {formatInstant(decidedAt)}
        </div>
      )}
      {note && <div className="small">{note}</div>}
    </>
  )
}
