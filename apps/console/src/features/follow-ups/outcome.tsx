import type { FollowUp, FollowUpRows } from '@jiankangbao/contracts/follow-up/schemas'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

/** What became of an act on many: how many were done, and row by row who was left as they are, and why. */
export const Outcome = (props: {
  answer: FollowUpRows
  people: readonly FollowUp[]
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const { answer, people, onClose } = props
  const left = answer.rows.filter((row) => row.skipped)
  const nameOf = (id: string) => people.find(({ followUpId }) => followUpId === id)?.nameMasked ?? ''
  return (
    <Alert
      data-testid="many-outcome"
      type={left.length > 0 ? 'warning' : 'success'}
      showIcon
      closable={{ onClose }}
      style={{ marginBottom: 16 }}
      title={[
        t('followUps.done', { count: answer.done }),
        ...(left.length > 0 ? [t('followUps.skipped', { count: left.length })] : []),
      ].join(t('app.comma'))}
      description={
        left.length > 0 && (
          <ul>
            {left.map(({ followUpId, skipped }) => (
              <li key={followUpId}>
                {nameOf(followUpId)} #{followUpId} {skipped && t(`followUps.skips.${skipped}`)}
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}
