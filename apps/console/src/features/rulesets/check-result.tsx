import type { RulesetError, RulesetWarning } from '@jiankangbao/contracts/ruleset/schemas'
import { Alert } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useCategoryOf } from './titles.ts'
import { Warnings } from './warnings.tsx'

/** `/categories/close_contact/phases/0/tests` as somebody who does not read pointers reads it. */
const wordPlace = (t: TFunction, wordCategory: (category: string) => string, path: string): string => {
  const [top = '', category, phases, index, ...rest] = path.split('/').slice(1)
  if (top !== 'categories' || category === undefined) return path || '/'
  const phase = phases === 'phases' && index !== undefined
  const below = phase ? rest : [phases, index, ...rest].filter((part) => part !== undefined)
  return [
    wordCategory(category),
    ...(phase ? [t('rulesets.phase', { at: Number(index) + 1 })] : []),
    ...below,
  ].join(' › ')
}

const wordFault = (
  t: TFunction,
  { fault, values: [first = '', second = ''], reason }: RulesetError,
): string => t(`rulesets.faults.${fault}`, { first, second, defaultValue: reason })

interface CheckResultProps {
  errors: RulesetError[]
  errorCount: number
  warnings: RulesetWarning[]
  document: unknown
}

/** What is wrong with a document and where, or that nothing is. */
export const CheckResult = ({ errors, errorCount, warnings, document }: CheckResultProps) => {
  const { t } = useTranslation()
  return (
    <div style={{ marginTop: 12 }} role="status" data-testid="ruleset-findings">
      {errorCount === 0 ? (
        <Alert type="success" showIcon title={t('rulesets.noErrors')} />
      ) : (
        <Alert
          type="error"
          showIcon
          title={t('rulesets.errors', { count: errorCount })}
          description={<Errors errors={errors} document={document} />}
        />
      )}
      <Warnings warnings={warnings} document={document} />
    </div>
  )
}

const Errors = ({ errors, document }: Pick<CheckResultProps, 'errors' | 'document'>) => {
  const { t } = useTranslation()
  const wordCategory = useCategoryOf(document)
  return (
    <ul className="plain-list">
      {errors.map((error) => (
        <li key={`${error.path} ${error.reason}`}>
          <strong>{wordPlace(t, wordCategory, error.path)}</strong> {wordFault(t, error)}
          <div className="quiet small code-text">{error.path || '/'}</div>
        </li>
      ))}
    </ul>
  )
}
