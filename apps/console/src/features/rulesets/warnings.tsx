import type { RulesetWarning } from '@jiankangbao/contracts/ruleset/schemas'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useCategoryOf } from './titles.ts'

interface WarningsProps {
  warnings: readonly RulesetWarning[]
  /** What they are about. */
  document: unknown
}

/** What publishing would do unasked. */
export const Warnings = ({ warnings, document }: WarningsProps) => {
  const { t } = useTranslation()
  const wordCategory = useCategoryOf(document)
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
                category: category ? wordCategory(category) : '',
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
