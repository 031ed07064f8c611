import type { AppealState } from '@jiankangbao/contracts/schemas/appeal'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import './appeals.css'
import { StateTag } from './state-tag.tsx'

const STATES: readonly AppealState[] = [
  'submitted',
  'in_progress',
  'proposed',
  'upheld',
  'refused',
  'answered',
  'withdrawn',
]

/** Appeals of the own division, those that wait first. */
export default function AppealsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { values, cursor, set, paging } = useUrlFilters(['state', 'mine', 'escalated'] as const)
  // Without a choice those that nobody has taken are shown: they are the work.
  const chosen =
    values.state === 'all' || values.mine === 'true'
      ? STATES.find((state) => state === values.state)
      : (STATES.find((state) => state === values.state) ?? 'submitted')
  const filters = {
    limit: 20,
    ...(chosen ? { state: chosen } : {}),
    ...(values.mine === 'true' ? { mine: 'true' as const } : {}),
    ...(values.escalated === 'true' ? { escalated: 'true' as const } : {}),
    ...(cursor ? { cursor } : {}),
  }
  const query = useQuery({
    queryKey: ['appeals', 'list', filters],
    queryFn: () => call('listAppeals', { query: filters }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return (
    <>
      <PageHead title={t('appeals.title')} />
      <div className="filters">
        <Select
          value={chosen ?? 'all'}
          aria-label={t('venues.state')}
          onChange={(state) => set({ state })}
          options={[
            ...STATES.map((state) => ({ value: state, label: t(`appeals.states.${state}`) })),
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
      </div>
      <QueryView query={query}>
        {({ appeals, nextCursor }) => (
          <DataList
            label={t('appeals.title')}
            rows={appeals}
            rowKey={({ appealId }) => appealId}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('appeals.empty'), hint: t('appeals.emptyHint') }}
            columns={[
              {
                key: 'person',
                title: t('appeals.person'),
                primary: true,
                render: ({ nameMasked, statement }) => (
                  <>
                    {nameMasked}
                    <div className="quiet small appeal-excerpt">{statement}</div>
                  </>
                ),
              },
              {
                key: 'against',
                title: t('appeals.against'),
                render: ({ category }) => wordCategory(t, category),
              },
              {
                key: 'submitted',
                title: t('appeals.submitted'),
                render: ({ submittedAt, divisionName, escalated }) => (
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
                title: t('appeals.handler'),
                render: ({ handledBy }) => handledBy ?? t('appeals.nobody'),
              },
              {
                key: 'state',
                title: t('venues.state'),
                render: ({ state }) => <StateTag state={state} />,
              },
              {
                key: 'actions',
                title: '',
                actions: true,
                render: ({ appealId }) => (
                  <Button onClick={() => void navigate(`/appeals/${appealId}`)}>
                    {t('app.action.detail')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </QueryView>
    </>
  )
}
