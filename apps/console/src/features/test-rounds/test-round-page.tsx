import type { CommunityCount, TestRound, TestRoundDetail } from '@jiankangbao/contracts/round/schemas'
import { coverageOf, missingOf } from '@jiankangbao/domain/testing/round'
import { useQuery } from '@tanstack/react-query'
import { Button, Card, Statistic, Tag } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { BarChart } from '../../ui/bar-chart.tsx'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'
import { MissingDrawer } from './missing-drawer.tsx'
import { TellingPanel } from './telling-panel.tsx'
import { STATE_COLOURS } from './test-rounds-page.tsx'

const EVERY_MS = 30_000
const MOST_BARS = 20

const RoundActions = ({ round }: { round: TestRound }) => {
  const { t } = useTranslation()
  const [calling, setCalling] = useState(false)
  const params = { roundId: round.roundId }
  const refresh = [['test-rounds'], ['test-round', round.roundId]]
  const begin = useAction({
    run: () => call('beginTestRound', { params, body: {} }),
    done: t('testRounds.begun'),
    refresh,
  })
  const callOff = useAction({
    run: (reason: string) => call('callOffTestRound', { params, body: { reason } }),
    refresh,
    onDone: () => setCalling(false),
  })
  if (round.state !== 'made' && round.state !== 'begun') return null
  return (
    <>
      <Problem error={begin.error} />
      {round.state === 'made' &&
        (round.own ? (
          <Tag>{t('testRounds.waitsForSecond')}</Tag>
        ) : (
          <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
            {t('testRounds.begin')}
          </Button>
        ))}
      <Button danger onClick={() => setCalling(true)}>
        {t('testRounds.callOff')}
      </Button>
      <ReasonModal
        open={calling}
        danger
        title={t('testRounds.callOff')}
        busy={callOff.isPending}
        error={callOff.error}
        onSubmit={(reason) => callOff.mutate(reason)}
        onClose={() => setCalling(false)}
      />
    </>
  )
}

/** Communities with most people missing first: swabbed and missing, one bar each. */
const CoverageChart = ({ counts }: { counts: readonly CommunityCount[] }) => {
  const { t } = useTranslation()
  const option = useMemo(() => {
    const shown = [...counts]
      .sort((one, other) => missingOf(other) - missingOf(one))
      .slice(0, MOST_BARS)
      .reverse()
    const series = (name: string, color: string, data: number[]) => ({
      ...{ name, color, data, type: 'bar', stack: 'all', barMaxWidth: 22 },
    })
    return {
      aria: { enabled: true },
      tooltip: { trigger: 'axis' },
      legend: { top: 0 },
      grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
      xAxis: { type: 'value' },
      yAxis: { type: 'category', data: shown.map(({ divisionName }) => divisionName) },
      series: [
        series(
          t('testRounds.sampled'),
          '#0f766e',
          shown.map(({ sampled }) => sampled),
        ),
        series(
          t('testRounds.exempt'),
          '#9ca3af',
          shown.map(({ exempt }) => exempt),
        ),
        series(t('testRounds.missing'), '#b45309', shown.map(missingOf)),
      ],
    }
  }, [counts, t])
  return <BarChart option={option} height={80 + 30 * Math.min(MOST_BARS, counts.length)} testId="coverage" />
}

const countColumns: Column<CommunityCount>[] = [
  {
    key: 'name',
    title: 'testRounds.community',
    primary: true,
    render: ({ divisionName, rosterName }) => (rosterName ? `${divisionName} · ${rosterName}` : divisionName),
  },
  { key: 'expected', title: 'testRounds.expected', render: ({ expected }) => expected.toLocaleString() },
  { key: 'sampled', title: 'testRounds.sampled', render: ({ sampled }) => sampled.toLocaleString() },
  { key: 'exempt', title: 'testRounds.exempt', render: ({ exempt }) => exempt.toLocaleString() },
  { key: 'missing', title: 'testRounds.missing', render: (count) => missingOf(count).toLocaleString() },
  {
    key: 'coverage',
    title: 'testRounds.coverage',
    render: (count) => `${(100 * coverageOf(count)).toFixed(1)} %`,
  },
]

type Site = TestRoundDetail['sites'][number]
const siteColumns: Column<Site>[] = [
  { key: 'name', title: 'testRounds.site', primary: true, render: ({ name }) => name },
  { key: 'perHour', title: 'testRounds.perHour', render: ({ perHour }) => perHour.toLocaleString() },
  { key: 'sampled', title: 'testRounds.sampledThere', render: ({ sampled }) => sampled.toLocaleString() },
  { key: 'tubes', title: 'testRounds.tubes', render: ({ tubes }) => tubes.toLocaleString() },
  {
    key: 'underWay',
    title: 'testRounds.tubesUnderWay',
    render: ({ tubesUnderWay }) => tubesUnderWay.toLocaleString(),
  },
]

const WhenOf = ({ round }: { round: TestRound }) => {
  const { t } = useTranslation()
  const times = `${formatInstant(round.fromAt)} – ${formatInstant(round.untilAt)}`
  const due = t('testRounds.dueText', { at: formatInstant(round.dueAt) })
  const counted = t('testRounds.countedText', { at: formatInstant(round.countedAt) })
  return (
    <p className="quiet">
      <Tag color={STATE_COLOURS[round.state]}>{t(`testRounds.states.${round.state}`)}</Tag>
      {[t(`testRounds.kinds.${round.kind}`), times, due, counted].join(' · ')}
    </p>
  )
}

const Figures = ({ detail }: { detail: TestRoundDetail }) => {
  const { t } = useTranslation()
  const { round, tubesUnderWay, resultsDue } = detail
  return (
    <div className="page-actions" style={{ flexWrap: 'wrap', gap: 12, marginBottom: 16 }}>
      {(
        [
          ['expected', round.expected],
          ['sampled', round.sampled],
          ['exempt', round.exempt],
          ['missing', missingOf(round)],
          ['tubesUnderWay', tubesUnderWay],
          ['resultsDue', resultsDue],
        ] as const
      ).map(([key, value]) => (
        <Card key={key} size="small">
          <Statistic title={t(`testRounds.${key}`)} value={value} />
        </Card>
      ))}
    </div>
  )
}

interface CommunitiesProps {
  counts: readonly CommunityCount[]
  onMissing: (count: CommunityCount) => void
}

/** Names are for the community itself: only there is a button. */
const Communities = ({ counts, onMissing }: CommunitiesProps) => {
  const { t } = useTranslation()
  const me = useQuery({ queryKey: ['me'], queryFn: () => call('getOperatorMe', {}) })
  const whole = useMemo(() => counts.filter(({ rosterId }) => rosterId === undefined), [counts])
  return (
    <>
      <h2>{t('testRounds.byCommunity')}</h2>
      {whole.length > 0 && <CoverageChart counts={whole} />}
      <DataList
        label={t('testRounds.byCommunity')}
        rows={counts}
        rowKey={({ divisionCode, rosterId }) => `${divisionCode} ${rosterId ?? ''}`}
        columns={countColumns}
        empty={{ title: t('testRounds.nobody'), hint: t('testRounds.nobodyHint') }}
        actions={(count) =>
          count.divisionCode === me.data?.divisionCode && missingOf(count) + count.exempt > 0 ? (
            <Button onClick={() => onMissing(count)}>{t('testRounds.whoIsMissing')}</Button>
          ) : null
        }
      />
    </>
  )
}

const Sites = ({ sites }: { sites: readonly Site[] }) => {
  const { t } = useTranslation()
  return (
    <>
      <h2>{t('testRounds.bySite')}</h2>
      <DataList
        label={t('testRounds.bySite')}
        rows={sites}
        rowKey={({ siteId }) => siteId}
        columns={siteColumns}
        empty={{ title: t('testRounds.noSites') }}
      />
    </>
  )
}

/** One round: how far it is by community and roster, the sites behind it, and who is missing. */
export default function TestRoundPage() {
  const { t } = useTranslation()
  const { roundId = '' } = useParams()
  const [missingIn, setMissingIn] = useState<CommunityCount>()
  const query = useQuery({
    queryKey: ['test-round', roundId],
    queryFn: () => call('getTestRound', { params: { roundId } }),
    refetchInterval: EVERY_MS,
  })
  const round = query.data?.round
  return (
    <>
      <PageHead
        title={round?.name ?? t('testRounds.title')}
        actions={round && <RoundActions round={round} />}
      />
      <QueryView query={query}>
        {(detail) => (
          <>
            <WhenOf round={detail.round} />
            <Figures detail={detail} />
            {(detail.round.state === 'begun' || detail.round.state === 'closed') && (
              <TellingPanel round={detail.round} />
            )}
            <Communities counts={detail.counts} onMissing={setMissingIn} />
            <Sites sites={detail.sites} />
          </>
        )}
      </QueryView>
      {missingIn && (
        <MissingDrawer roundId={roundId} count={missingIn} onClose={() => setMissingIn(undefined)} />
      )}
    </>
  )
}
