import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { describeError } from '../api/error-words.ts'

interface Props {
  error: unknown
  retry?: () => void
  /** Fields that the form shows beside their inputs. */
  hideFields?: boolean
}

/** An error in words, with the request's number for whoever is asked about it. */
export const Problem = ({ error, retry, hideFields }: Props) => {
  const { t } = useTranslation()
  if (!error) return null
  const words = describeError(t, error)
  const lines = hideFields ? [] : words.lines
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 16 }}
      title={words.title}
      description={
        lines.length > 0 || words.requestId ? (
          <>
            {lines.map((line) => (
              <div key={line}>{line}</div>
            ))}
            {words.requestId && (
              <small className="quiet code-text">{t('app.state.requestId', { id: words.requestId })}</small>
            )}
          </>
        ) : undefined
      }
      action={retry ? <Button onClick={retry}>{t('app.state.retry')}</Button> : undefined}
    />
  )
}
