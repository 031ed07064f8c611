import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { useTranslation } from 'react-i18next'
import { useTexts } from '../../locales/i18n.ts'
import { PhaseBar } from './phase-chart.tsx'
import { widthOfAll } from './phase-spans.ts'

/** Every category of a ruleset over days, under its own title. */
export const PhaseCharts = ({ ruleset }: { ruleset: Ruleset }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const width = widthOfAll(Object.values(ruleset.categories))
  return (
    <section className="panel" aria-labelledby="phases" data-testid="phases">
      <h2 id="phases">{t('rulesets.chart.title')}</h2>
      <p className="quiet">{t('rulesets.chart.hint')}</p>
      <dl className="phase-list">
        {Object.entries(ruleset.categories).map(([category, rule]) => (
          <div key={category} className="phase-row">
            <dt>
              {read(rule.title)}
              <div className="quiet small code-text">{category}</div>
            </dt>
            <dd>
              <PhaseBar rule={rule} width={width} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
