import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../ui/problem.tsx'
import { SkippedError } from './rows-done.ts'

/** Why one row was left as it is, or what went wrong. */
export const RowProblem = ({ error }: { error: unknown }) => {
  const { t } = useTranslation()
  if (error instanceof SkippedError)
    return <Alert type="warning" showIcon title={t(`followUps.skips.${error.skipped}`)} />
  return <Problem error={error} />
}
