import type { OperatorChangeEntry } from '@jiankangbao/contracts/operator/schemas'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

type Change = Pick<OperatorChangeEntry, 'changeId' | 'message'>

/** Where the code goes, and whether a gateway took it; sent again where it did not come. */
export const MessageState = ({ change: { changeId, message } }: { change: Change }) => {
  const { t } = useTranslation()
  const again = useAction({
    run: () => call('sendActivationAgain', { params: { changeId } }),
    refresh: [['operator-changes']],
    done: t('operatorChanges.sentAgain'),
  })
  if (!message) return null
  const { phoneMasked = '', sentAt, maySend } = message
  return (
    <div className="small" data-testid="activation-message">
      {sentAt
        ? t('operatorChanges.sent', { phone: phoneMasked, at: formatInstant(sentAt) })
        : t(maySend ? 'operatorChanges.notSent' : 'operatorChanges.byMessage', { phone: phoneMasked })}{' '}
      {maySend && (
        <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
          {t('operatorChanges.sendAgain')}
        </Button>
      )}
      <Problem error={again.error} />
    </div>
  )
}

/** The operator's number as the second person knows it; the one that was proposed is not shown in full. */
export const SecondedPhone = ({ value, onChange }: { value: string; onChange: (phone: string) => void }) => {
  const { t } = useTranslation()
  return (
    <Form.Item label={t('operatorChanges.phone')} extra={t('operatorChanges.phoneHint')} required>
      <Input
        aria-label={t('operatorChanges.phone')}
        value={value}
        maxLength={30}
        inputMode="tel"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </Form.Item>
  )
}
