import type { RequiredTestCount } from '@jiankangbao/contracts/required-test/schemas'
import { Button } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useTexts } from '../../locales/i18n.ts'
import { BarChart } from '../../ui/bar-chart.tsx'
import { type Column, DataList } from '../../ui/data-list.tsx'

const MOST_BARS = 12

interface Props {
  counts: readonly RequiredTestCount[]
  chosen: string | undefined
  onChoose: (rule: string | undefined) => void
}

/** Whom a rule asks, in words. */
const Who = ({ count: { who, zones, part, everyDays } }: { count: RequiredTestCount }) => {
  const { t } = useTranslation()
  if (who === undefined) return <>{t('requiredTests.whoRound')}</>
  const whom =
    who === 'post'
      ? t('requiredTests.whoPost')
      : `${(zones ?? []).map((zone) => t(`requiredTests.zones.${zone}`)).join(t('app.comma'))} · ${t(`requiredTests.parts.${part ?? 'both'}`)}`
  return (
    <>
      {whom} · {t('requiredTests.every', { count: everyDays ?? 0 })}
    </>
  )
}

const number = (value: number): string => value.toLocaleString()

const Name = ({ count: { rule, title, roundName } }: { count: RequiredTestCount }) => {
  const read = useTexts()
  return <>{title ? read(title) : (roundName ?? rule)}</>
}

const columns: Column<RequiredTestCount>[] = [
  {
    key: 'rule',
    title: 'requiredTests.cause',
    primary: true,
    render: (count) => (
      <>
        <Name count={count} />
        <div className="quiet small required-who">
          <Who count={count} />
        </div>
      </>
    ),
  },
  { key: 'open', title: 'requiredTests.views.open', render: ({ open }) => number(open) },
  { key: 'soon', title: 'requiredTests.views.soon', render: ({ soon }) => number(soon) },
  { key: 'overdue', title: 'requiredTests.isOverdue', render: ({ overdue }) => number(overdue) },
  { key: 'proposed', title: 'requiredTests.views.proposed', render: ({ proposed }) => number(proposed) },
  { key: 'met', title: 'requiredTests.met', render: ({ met }) => number(met) },
]

const toOption = (
  counts: readonly RequiredTestCount[],
  nameOf: (count: RequiredTestCount) => string,
  words: { later: string; soon: string; overdue: string },
): EChartsCoreOption => {
  const shown = [...counts].slice(0, MOST_BARS).reverse()
  const series = (name: string, color: string, of: (count: RequiredTestCount) => number) => ({
    ...{ name, color, type: 'bar', stack: 'all', barMaxWidth: 22, data: shown.map(of) },
  })
  return {
    aria: { enabled: true },
    tooltip: { trigger: 'axis' },
    legend: { top: 0 },
    grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: { type: 'category', data: shown.map(nameOf), axisLabel: { width: 140, overflow: 'truncate' } },
    series: [
      series(words.overdue, '#b91c1c', ({ overdue }) => overdue),
      series(words.soon, '#b45309', ({ soon }) => soon),
      series(words.later, '#0f766e', ({ open, soon, overdue }) => Math.max(0, open - soon - overdue)),
    ],
  }
}

/** How many each rule and round asks, and how many of them are late. Nothing where nobody is asked. */
export const RequiredChart = ({ counts }: Pick<Props, 'counts'>) => {
  const { t } = useTranslation()
  const read = useTexts()
  const asking = useMemo(() => counts.filter(({ open }) => open > 0), [counts])
  const option = useMemo(
    () =>
      toOption(asking, ({ title, roundName, rule }) => (title ? read(title) : (roundName ?? rule ?? '')), {
        later: t('requiredTests.later'),
        soon: t('requiredTests.views.soon'),
        overdue: t('requiredTests.isOverdue'),
      }),
    [asking, read, t],
  )
  if (asking.length === 0) return null
  return (
    <section className="panel" aria-label={t('requiredTests.byRules')}>
      <BarChart
        option={option}
        height={70 + 34 * Math.min(MOST_BARS, asking.length)}
        testId="required-chart"
      />
    </section>
  )
}

/** The rules in force and the rounds that missed somebody, with their figures. */
export const RequiredCounts = ({ counts, chosen, onChoose }: Props) => {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="required-rules">
      <h2 id="required-rules">{t('requiredTests.byRules')}</h2>
      <DataList
        label={t('requiredTests.byRules')}
        rows={counts}
        rowKey={({ rule, roundName }) => rule ?? `round ${roundName ?? ''}`}
        columns={columns}
        empty={{ title: t('requiredTests.noRules'), hint: t('requiredTests.noRulesHint') }}
        actions={({ rule }) =>
          rule === undefined || rule === chosen ? null : (
            <Button onClick={() => onChoose(rule)}>{t('requiredTests.only')}</Button>
          )
        }
      />
    </section>
  )
}
