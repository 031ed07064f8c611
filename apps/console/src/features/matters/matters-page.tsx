import type { Matter } from '@jiankangbao/contracts/schemas/declaration'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Radio, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { Declared } from './declared.tsx'
import { MatterActs } from './matter-acts.tsx'

const STATES = ['waiting', 'proposed', 'approved', 'rejected', 'dismissed', 'all'] as const

/** What people declared and an office has to verify, within the own division. */
export default function MattersPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['state'] as const)
  const state = STATES.find((each) => each === values.state) ?? 'waiting'
  const filters = { limit: 20, ...(state === 'all' ? {} : { state }), ...(cursor ? { cursor } : {}) }
  const query = useQuery({
    queryKey: ['matters', filters],
    queryFn: () => call('listMatters', { query: filters }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  return (
    <>
      <PageHead title={t('matters.title')} />
      <p className="quiet">{t('matters.hint')}</p>
      <div className="filters">
        <Radio.Group
          className="filter-auto"
          optionType="button"
          aria-label={t('venues.state')}
          value={state}
          onChange={({ target }) => set({ state: String(target.value) })}
          options={STATES.map((each) => ({ value: each, label: t(`matters.states.${each}`) }))}
        />
      </div>
      <QueryView query={query}>
        {({ matters, nextCursor }) => (
          <DataList
            label={t('matters.title')}
            rows={matters}
            rowKey={({ matterId }) => matterId}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('matters.empty'), hint: t('matters.emptyHint') }}
            columns={[
              {
                key: 'person',
                title: t('matters.person'),
                primary: true,
                render: ({ person, divisionName }) => (
                  <>
                    <Link to={`/people/${person.personId}`}>{person.nameMasked}</Link>{' '}
                    <ColourTag colour={person.colour} />
                    <div className="quiet small">{divisionName}</div>
                  </>
                ),
              },
              {
                key: 'declared',
                title: t('matters.declared'),
                render: (matter) => <Declared matter={matter} />,
              },
              {
                key: 'might',
                title: t('matters.might'),
                render: ({ category, cause, anchorAt }) => (
                  <>
                    {wordCategory(t, category)}
                    <div className="quiet small">
                      {t('people.anchor')} {formatInstant(anchorAt)}
                    </div>
                    <div className="quiet small">{t(`matters.causes.${cause}`)}</div>
                  </>
                ),
              },
              {
                key: 'state',
                title: t('venues.state'),
                render: (matter) => <Decision matter={matter} />,
              },
              { key: 'acts', title: '', actions: true, render: (matter) => <MatterActs matter={matter} /> },
            ]}
          />
        )}
      </QueryView>
    </>
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
