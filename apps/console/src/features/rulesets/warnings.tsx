import type { RulesetWarning } from '@jiankangbao/contracts/schemas/ruleset'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { wordCategory } from '../../ui/status-words.ts'

/** What publishing would do unasked. */
export const Warnings = ({ warnings }: { warnings: readonly RulesetWarning[] }) => {
  const { t } = useTranslation()
  if (warnings.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginTop: 12 }}
      title={t('rulesets.warnings')}
      description={
        <ul className="plain-list">
          {warnings.map(({ kind, category, persons, rulesetId }) => (
            <li key={`${kind} ${category}`}>
              {t(`rulesets.warningKinds.${kind}`, {
                category: category ? wordCategory(t, category) : '',
                persons: persons ?? 0,
                rulesetId,
              })}
            </li>
          ))}
        </ul>
      }
    />
  )
}
