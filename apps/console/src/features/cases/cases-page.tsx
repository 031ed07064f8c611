import type { CaseEntry } from '@jiankangbao/contracts/tracing/schemas'
import { CASE_STATES } from '@jiankangbao/domain/vocabulary/tracing'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import type { CaseEvidence } from '../../ui/open-case-link.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { CaseStateTag } from './case-state.tsx'
import { OpenCaseDrawer } from './open-case-drawer.tsx'

const FILTERS = ['state', 'division', 'finding', 'test'] as const
type Values = Partial<Record<(typeof FILTERS)[number], string>>

const columns: Column<CaseEntry>[] = [
  {
    key: 'case',
    title: 'cases.case',
    primary: true,
    render: ({ caseId, nameMasked, basis }, t) => (
      <>
        {t('cases.number', { caseId })} {nameMasked ?? <span className="quiet">{t('cases.noName')}</span>}
        <div className="quiet small">{t(`cases.bases.${basis}`)}</div>
      </>
    ),
  },
  { key: 'state', title: 'cases.state', render: ({ state }) => <CaseStateTag state={state} /> },
  { key: 'division', title: 'cases.division', render: ({ divisionName }) => divisionName },
  {
    key: 'window',
    title: 'cases.window',
    render: ({ infectiousFrom, infectiousUntil }) => (
      <>
        {formatInstant(infectiousFrom)}
        <div>– {formatInstant(infectiousUntil)}</div>
      </>
    ),
  },
  { key: 'contacts', title: 'cases.decided', render: ({ contacts }) => contacts },
  {
    key: 'opened',
    title: 'cases.opened',
    render: ({ openedAt, openedBy }) => (
      <>
        {formatInstant(openedAt)}
        <div className="quiet small">{openedBy}</div>
      </>
    ),
  },
]

/** Cases that the operator may open; one can be opened here by hand, or from a finding or a result by its link. */
export default function CasesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const told = useLocation().state as Partial<CaseEvidence> | null
  const [byHand, openByHand] = useState(false)
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const state = chosenOf(CASE_STATES, values.state)
  const query = useListQuery({
    key: ['cases', 'list'],
    query: {
      limit: 20,
      ...(state ? { state } : {}),
      ...(values.division ? { divisionCode: values.division } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (filters) => call('listCases', { query: filters }),
    refreshMs: 30_000,
  })
  const basis = values.finding
    ? { findingId: values.finding }
    : values.test
      ? { testId: values.test }
      : undefined
  return (
    <ListPage
      words="cases"
      lead={t('cases.lead')}
      actions={
        <>
          <Button onClick={() => void navigate(pathTo('/case-links'))}>{t('caseLinks.title')}</Button>
          <Button type="primary" onClick={() => openByHand(true)}>
            {t('cases.openByHand')}
          </Button>
        </>
      }
      filters={<Filters values={values} set={set} />}
      query={query}
      paging={paging}
      rows={({ cases }) => cases}
      rowKey={({ caseId }) => caseId}
      columns={columns}
      rowActions={({ caseId }) => <OpenButton to={pathTo('/cases/:caseId', { caseId })} />}
    >
      {(byHand || basis) && (
        <OpenCaseDrawer
          basis={basis}
          evidence={told?.evidence}
          onClose={() => {
            openByHand(false)
            if (basis) set({ finding: '', test: '' })
          }}
        />
      )}
    </ListPage>
  )
}

const Filters = ({ values, set }: { values: Values; set: (changes: Values) => void }) => {
  const { t } = useTranslation()
  return (
    <>
      <Select
        value={chosenOf(CASE_STATES, values.state) ?? 'all'}
        aria-label={t('cases.state')}
        onChange={(state) => set({ state: state === 'all' ? '' : state })}
        options={[
          { value: 'all', label: t('cases.allStates') },
          ...CASE_STATES.map((state) => ({ value: state, label: t(`cases.states.${state}`) })),
        ]}
      />
      <DivisionField
        className="filter-wide"
        value={values.division}
        onChange={(division) => set({ division: division ?? '' })}
        placeholder={t('cases.division')}
        allowClear
      />
    </>
  )
}
