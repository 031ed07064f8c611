import type { CaseSource } from '@jiankangbao/contracts/tracing/case-links'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { wordKind } from '../../ui/reference-data.ts'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import './cases.css'
import { CaseChain } from './case-chain.tsx'

const VIEWS = ['sources', 'chain'] as const

const columns: Column<CaseSource>[] = [
  {
    key: 'venue',
    title: 'cases.place',
    primary: true,
    render: ({ venueName, venueKind, divisionName }, t) => (
      <>
        {venueName}
        <div className="quiet small">
          {wordKind(t, venueKind)} · {divisionName}
        </div>
      </>
    ),
  },
  { key: 'cases', title: 'caseLinks.cases', render: ({ cases }) => <strong>{cases}</strong> },
  { key: 'day', title: 'caseLinks.sameDay', render: ({ sameDay }) => sameDay },
  {
    key: 'ids',
    title: 'caseLinks.which',
    render: ({ caseIds }) =>
      caseIds.map((caseId) => (
        <Link key={caseId} to={pathTo('/cases/:caseId', { caseId })}>
          #{caseId}{' '}
        </Link>
      )),
  },
  {
    key: 'span',
    title: 'caseLinks.span',
    render: ({ firstAt, lastAt }) => `${formatInstant(firstAt)} – ${formatInstant(lastAt)}`,
  },
]

/** What cases have in common: places where they may have caught it, and who had it from whom. */
export default function CaseLinksPage() {
  const { t } = useTranslation()
  const [purpose, setPurpose] = useState<string>()
  const { values, set } = useUrlFilters(['view'] as const)
  const view = chosenOf(VIEWS, values.view) ?? 'sources'
  return (
    <>
      <PageHead
        title={t('caseLinks.title')}
        actions={
          <Segmented
            value={view}
            onChange={(chosen) => set({ view: chosen })}
            options={VIEWS.map((value) => ({ value, label: t(`caseLinks.views.${value}`) }))}
          />
        }
      />
      <p className="quiet">{t(`caseLinks.leads.${view}`)}</p>
      {purpose === undefined && (
        <div className="panel case-purpose">
          <Form
            layout="vertical"
            onFinish={({ purpose: given }: { purpose: string }) => setPurpose(given.trim())}
          >
            <p>{t('caseLinks.purposeTitle')}</p>
            <PurposeField />
            <Button type="primary" htmlType="submit">
              {t('caseLinks.compare')}
            </Button>
          </Form>
        </div>
      )}
      {purpose !== undefined && view === 'sources' && <Sources purpose={purpose} />}
      {purpose !== undefined && view === 'chain' && <Chain purpose={purpose} />}
    </>
  )
}

// Every comparison is logged and shown to the people: none happens by itself.
const once = { staleTime: Number.POSITIVE_INFINITY, refetchOnReconnect: false }

const Sources = ({ purpose }: { purpose: string }) => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['cases', 'sources', purpose],
    queryFn: () => call('listCaseSources', { query: { purpose } }),
    ...once,
  })
  return (
    <QueryView query={query}>
      {({ sources, cases, days }) => (
        <>
          <p>{t('caseLinks.compared', { cases, days })}</p>
          <DataList
            label={t('caseLinks.views.sources')}
            rows={sources}
            rowKey={({ venueId }) => venueId}
            columns={columns}
            empty={{ title: t('caseLinks.noSources'), hint: t('caseLinks.noSourcesHint') }}
          />
        </>
      )}
    </QueryView>
  )
}

const Chain = ({ purpose }: { purpose: string }) => {
  const query = useQuery({
    queryKey: ['cases', 'chain', purpose],
    queryFn: () => call('getCaseChain', { query: { purpose } }),
    ...once,
  })
  return <QueryView query={query}>{(chain) => <CaseChain chain={chain} />}</QueryView>
}
