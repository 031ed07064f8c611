import { findCategoryRule, type Ruleset } from '@jiankangbao/domain/status/ruleset'
import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { saveFile } from '../../api/save-file.ts'
import { useMay } from '../../api/session.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { CallOffButton, CallOffState } from './call-off.tsx'
import { PhaseCharts } from './phase-charts.tsx'
import { useTitle, wordPublisher } from './titles.ts'

const JSON_TYPE = 'application/json'

/** One published ruleset: what every category means, drawn over days. */
export default function RulesetPage() {
  const { t } = useTranslation()
  const title = useTitle()
  const titleOf = (rules: Ruleset, category: string): string => {
    const rule = findCategoryRule(rules, category)
    return rule ? title(rule.title) : category
  }
  const navigate = useNavigate()
  const may = useMay()
  const { rulesetId = '' } = useParams()
  const query = useQuery({
    queryKey: ['rulesets', 'document', rulesetId],
    queryFn: () => call('getRuleset', { params: { rulesetId } }),
  })
  return (
    <>
      <PageHead
        title={query.data ? title(query.data.ruleset.title) : t('rulesets.title')}
        actions={
          may('createRulesetDraft') && (
            <Button onClick={() => void navigate(`/rulesets/new?from=${rulesetId}`)}>
              {t('rulesets.copy')}
            </Button>
          )
        }
      />
      <QueryView query={query}>
        {({ ruleset, document }) => {
          // The server has checked the document against the schema of rulesets.
          const rules = document as Ruleset
          return (
            <>
              <div className="panel">
                <Descriptions
                  column={{ xs: 1, md: 2 }}
                  bordered
                  size="small"
                  items={[
                    [t('rulesets.name'), ruleset.rulesetId],
                    [
                      t('venues.state'),
                      <>
                        {t(`rulesets.states.${ruleset.state}`)}
                        <CallOffState ruleset={ruleset} />
                      </>,
                    ],
                    [t('rulesets.effective'), formatInstant(ruleset.effectiveFrom)],
                    [
                      t('rulesets.publishedBy'),
                      `${wordPublisher(t, ruleset.publishedBy)} · ${formatInstant(ruleset.publishedAt)}`,
                    ],
                    [t('rulesets.counting'), wordCounting(t, rules)],
                    [
                      t('rulesets.provincialAge'),
                      t('rulesets.hours', { count: rules.provincialMaxAgeHours }),
                    ],
                    [
                      t('rulesets.standing'),
                      rules.standingPositiveCategory === null
                        ? t('rulesets.standingNone')
                        : titleOf(rules, rules.standingPositiveCategory),
                    ],
                  ].map(([label, children]) => ({ key: String(label), label, children }))}
                />
                <br />
                <Button
                  onClick={() =>
                    saveFile(JSON.stringify(document, undefined, 2), `${rulesetId}.json`, JSON_TYPE)
                  }
                >
                  {t('rulesets.download')}
                </Button>{' '}
                <CallOffButton ruleset={ruleset} />
              </div>
              <PhaseCharts ruleset={rules} />
            </>
          )
        }}
      </QueryView>
    </>
  )
}

const wordCounting = (t: ReturnType<typeof useTranslation>['t'], { dayCounting }: Ruleset): string =>
  dayCounting.mode === 'exact'
    ? t('rulesets.countingExact')
    : t('rulesets.countingCalendar', { day: dayCounting.anchorDay })
