import {
  compareRulesets,
  type RulesetChange,
  type RulesetDifference,
} from '@jiankangbao/domain/status/compare-rulesets'
import type { CategoryRule, Ruleset } from '@jiankangbao/domain/status/ruleset'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useTexts } from '../../locales/i18n.ts'
import { QueryView } from '../../ui/query-view.tsx'
import { useRulesetInForce } from './in-force.ts'
import { PhaseBar } from './phase-chart.tsx'
import { listPhaseSpans, widthOfAll } from './phase-spans.ts'

/** What a draft changes in the ruleset in force, category by category. */
export const Difference = ({ document }: { document: unknown }) => {
  const { t } = useTranslation()
  const query = useRulesetInForce()
  return (
    <section className="panel" aria-labelledby="difference" data-testid="difference">
      <h2 id="difference">{t('rulesets.difference')}</h2>
      <QueryView query={query}>
        {/* The server has checked both documents against the schema of rulesets. */}
        {(inForce) => (
          <Changes difference={compareRulesets(inForce.document as Ruleset, document as Ruleset)} />
        )}
      </QueryView>
    </section>
  )
}

const Changes = ({ difference }: { difference: RulesetDifference }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const { added, removed, changed, settings } = difference
  if (added.length + removed.length + changed.length + settings.length === 0)
    return <p className="quiet">{t('rulesets.same')}</p>
  return (
    <ul className="plain-list">
      {added.map(({ category, rule }) => (
        <li key={category}>
          <Tag color="success">{t('rulesets.added')}</Tag> {read(rule.title)}
          <PhaseBar rule={rule} width={widthOfAll([rule])} />
        </li>
      ))}
      {removed.map(({ category, rule }) => (
        <li key={category}>
          <Tag color="error">{t('rulesets.removed')}</Tag> {read(rule.title)}
          <div className="quiet small">{t('rulesets.removedHint')}</div>
        </li>
      ))}
      {changed.map(({ category, from, to, changes }) => (
        <li key={category}>
          <Tag color="warning">{t('rulesets.changed')}</Tag> {read(to.title)}
          <Compared from={from} to={to} />
          <Values changes={changes} />
        </li>
      ))}
      {settings.length > 0 && (
        <li>
          <Values changes={settings} />
        </li>
      )}
    </ul>
  )
}

/** Before and after on one line of days; nothing where only words or actions differ. */
const Compared = ({ from, to }: { from: CategoryRule; to: CategoryRule }) => {
  const { t } = useTranslation()
  if (JSON.stringify(listPhaseSpans(from)) === JSON.stringify(listPhaseSpans(to))) return null
  const width = widthOfAll([from, to])
  return (
    <dl className="phase-compared">
      <dt className="quiet small">{t('rulesets.before')}</dt>
      <dd>
        <PhaseBar rule={from} width={width} />
      </dd>
      <dt className="quiet small">{t('rulesets.after')}</dt>
      <dd>
        <PhaseBar rule={to} width={width} />
      </dd>
    </dl>
  )
}

const Values = ({ changes }: { changes: readonly RulesetChange[] }) => (
  <ul className="small">
    {changes.map(({ path, from, to }) => (
      <li key={path}>
        <code className="code-text">{path}</code> {show(from)} → <strong>{show(to)}</strong>
      </li>
    ))}
  </ul>
)

const show = (value: unknown): string => (value === undefined ? '—' : JSON.stringify(value))
