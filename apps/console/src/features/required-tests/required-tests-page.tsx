import type { RequiredTest, RequiredTestCount } from '@jiankangbao/contracts/required-test/schemas'
import { REQUIRED_TEST_VIEWS } from '@jiankangbao/domain/testing/required-test'
import { useQuery } from '@tanstack/react-query'
import { Radio, Select, Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useTexts } from '../../locales/i18n.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { useListQuery } from '../../ui/list-page.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { Exempt } from './exempt.tsx'
import { ProposeMany } from './propose-many.tsx'
import { RequiredChart, RequiredCounts } from './required-counts.tsx'

const EVERY_MS = 60_000
const NONE: readonly RequiredTestCount[] = []

/** What asks: a rule by its title, or a round by its name. */
const Cause = ({ test: { rule, title, roundName, single } }: { test: RequiredTest }) => {
  const { t } = useTranslation()
  const read = useTexts()
  return (
    <>
      {title ? read(title) : (roundName ?? rule)} {single && <Tag>{t('requiredTests.single')}</Tag>}
      <div className="quiet small">
        {t(rule === undefined ? 'requiredTests.byRound' : 'requiredTests.byRule')}
      </div>
    </>
  )
}

const wordProposal = ({ proposal }: RequiredTest, t: TFunction) =>
  proposal ? <Tag>{t(`requiredTests.proposals.${proposal}`)}</Tag> : null

const columns: Column<RequiredTest>[] = [
  { key: 'person', title: 'requiredTests.person', primary: true, render: ({ nameMasked }) => nameMasked },
  { key: 'cause', title: 'requiredTests.cause', render: (test) => <Cause test={test} /> },
  {
    key: 'due',
    title: 'requiredTests.due',
    render: (test, t) => (
      <>
        {formatInstant(test.dueAt)} {test.overdue && <Tag color="error">{t('requiredTests.isOverdue')}</Tag>}
        {wordProposal(test, t)}
      </>
    ),
  },
  { key: 'division', title: 'requiredTests.division', render: ({ divisionName }) => divisionName },
]

/** Who has to be tested by when, by rules of posts and zones and after rounds; a missed deadline is proposed from here. */
export default function RequiredTestsPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['view', 'rule', 'division'] as const)
  const [chosen, setChosen] = useState<RequiredTest[]>([])
  const view = chosenOf(REQUIRED_TEST_VIEWS, values.view) ?? 'overdue'
  const scope = values.division ? { divisionCode: values.division } : {}
  const query = useListQuery({
    key: ['required-tests', 'list'],
    query: {
      limit: 50,
      view,
      ...scope,
      ...(values.rule ? { rule: values.rule } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (page) => call('listRequiredTests', { query: page }),
    refreshMs: EVERY_MS,
  })
  const figures = useQuery({
    queryKey: ['required-tests', 'figures', scope],
    queryFn: () => call('getRequiredTestFigures', { query: scope }),
    refetchInterval: EVERY_MS,
  })
  const choose = (ids: readonly string[], shown: readonly RequiredTest[]): void =>
    setChosen((before) =>
      ids.flatMap((id) => [...before, ...shown].find(({ requiredTestId }) => requiredTestId === id) ?? []),
    )
  return (
    <>
      <PageHead title={t('requiredTests.title')} />
      <p className="quiet">{t('requiredTests.lead')}</p>
      <RequiredChart counts={figures.data?.counts ?? NONE} />
      <search className="filters">
        <Radio.Group
          className="filter-auto"
          optionType="button"
          value={view}
          onChange={({ target }) => {
            setChosen([])
            set({ view: String(target.value) })
          }}
          options={REQUIRED_TEST_VIEWS.map((value) => ({ value, label: t(`requiredTests.views.${value}`) }))}
        />
        <RuleFilter rule={values.rule} counts={figures.data?.counts} onChoose={(rule) => set({ rule })} />
        <DivisionField
          placeholder={t('requiredTests.division')}
          allowClear
          value={values.division}
          onChange={(division) => set({ division })}
        />
      </search>
      <ProposeMany chosen={chosen} onDone={() => setChosen([])} />
      <QueryView query={query}>
        {({ tests, nextCursor }) => (
          <DataList<RequiredTest>
            label={t('requiredTests.title')}
            rows={tests}
            rowKey={({ requiredTestId }) => requiredTestId}
            columns={columns}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            choosing={{
              chosen: chosen.map(({ requiredTestId }) => requiredTestId),
              choose: (ids) => choose(ids, tests),
            }}
            empty={{
              title: t(`requiredTests.empties.${view}`),
              hint: t('requiredTests.emptyHint'),
            }}
            actions={(test) => (test.rule === undefined ? null : <Exempt test={test} />)}
          />
        )}
      </QueryView>
      <QueryView query={figures}>
        {({ counts }) => (
          <RequiredCounts counts={counts} chosen={values.rule} onChoose={(rule) => set({ rule })} />
        )}
      </QueryView>
    </>
  )
}

interface RuleFilterProps {
  rule: string | undefined
  counts: readonly { rule?: string; title?: { zh: string; en: string } }[] | undefined
  onChoose: (rule: string | undefined) => void
}

const RuleFilter = ({ rule, counts, onChoose }: RuleFilterProps) => {
  const { t } = useTranslation()
  const read = useTexts()
  const rules = (counts ?? []).flatMap(({ rule: value, title }) =>
    value === undefined ? [] : [{ value, label: title ? read(title) : value }],
  )
  return (
    <Select
      value={rule ?? ''}
      aria-label={t('requiredTests.cause')}
      onChange={(value) => onChoose(value || undefined)}
      options={[
        { value: '', label: `${t('requiredTests.cause')}${t('app.colon')}${t('app.action.all')}` },
        ...rules,
      ]}
    />
  )
}
