import type { RulesetEntry } from '@jiankangbao/contracts/ruleset/schemas'
import { findCategoryRule, type Ruleset } from '@jiankangbao/domain/status/ruleset'
import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions } from 'antd'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { saveFile } from '../../api/save-file.ts'
import { useMay } from '../../api/session.ts'
import { useTexts } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { OpenButton } from '../../ui/open-button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { CallOffButton, CallOffState } from './call-off.tsx'
import { PhaseCharts } from './phase-charts.tsx'
import { wordPublisher } from './titles.ts'

const JSON_TYPE = 'application/json'

/** One published ruleset: what every category means, drawn over days. */
export default function RulesetPage() {
  const { t } = useTranslation()
  const read = useTexts()
  const may = useMay()
  const { rulesetId = '' } = useParams()
  const query = useQuery({
    queryKey: ['rulesets', 'document', rulesetId],
    queryFn: () => call('getRuleset', { params: { rulesetId } }),
  })
  return (
    <>
      <PageHead
        title={query.data ? read(query.data.ruleset.title) : t('rulesets.title')}
        actions={
          may('createRulesetDraft') && (
            <OpenButton to={pathTo('/rulesets/new', { from: rulesetId })} words="rulesets.copy" />
          )
        }
      />
      <QueryView query={query}>
        {/* The server has checked the document against the schema of rulesets. */}
        {({ ruleset, document }) => <Published ruleset={ruleset} rules={document as Ruleset} />}
      </QueryView>
    </>
  )
}

const Published = ({ ruleset, rules }: { ruleset: RulesetEntry; rules: Ruleset }) => {
  const { t } = useTranslation()
  const save = (): void =>
    saveFile(JSON.stringify(rules, undefined, 2), `${ruleset.rulesetId}.json`, JSON_TYPE)
  return (
    <>
      <div className="panel">
        <Facts ruleset={ruleset} rules={rules} />
        <br />
        <Button onClick={save}>{t('rulesets.download')}</Button> <CallOffButton ruleset={ruleset} />
      </div>
      <PhaseCharts ruleset={rules} />
    </>
  )
}

const Facts = ({ ruleset, rules }: { ruleset: RulesetEntry; rules: Ruleset }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const wordStanding = (category: string): string => {
    const rule = findCategoryRule(rules, category)
    return rule ? read(rule.title) : category
  }
  const facts: [string, ReactNode][] = [
    ['rulesets.name', ruleset.rulesetId],
    ['venues.state', <State key="state" ruleset={ruleset} />],
    ['rulesets.effective', formatInstant(ruleset.effectiveFrom)],
    [
      'rulesets.publishedBy',
      `${wordPublisher(t, ruleset.publishedBy)} · ${formatInstant(ruleset.publishedAt)}`,
    ],
    ['rulesets.counting', wordCounting(t, rules)],
    ['rulesets.provincialAge', t('rulesets.hours', { count: rules.provincialMaxAgeHours })],
    [
      'rulesets.standing',
      rules.standingPositiveCategory === null
        ? t('rulesets.standingNone')
        : wordStanding(rules.standingPositiveCategory),
    ],
  ]
  const items = facts.map(([key, children]) => ({ key, label: t(key), children }))
  return <Descriptions column={{ xs: 1, md: 2 }} bordered size="small" items={items} />
}

const State = ({ ruleset }: { ruleset: RulesetEntry }) => {
  const { t } = useTranslation()
  return (
    <>
      {t(`rulesets.states.${ruleset.state}`)}
      <CallOffState ruleset={ruleset} />
    </>
  )
}

const wordCounting = (t: TFunction, { dayCounting }: Ruleset): string =>
  dayCounting.mode === 'exact'
    ? t('rulesets.countingExact')
    : t('rulesets.countingCalendar', { day: dayCounting.anchorDay })
