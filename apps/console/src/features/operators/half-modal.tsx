import type { OperatorChangeAnswer } from '@jiankangbao/contracts/operator/schemas'
import { Alert, Button, Modal, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import './half.css'

export type HandedHalf = Pick<OperatorChangeAnswer, 'change'> & {
  activation: NonNullable<OperatorChangeAnswer['activation']>
}

/** One half of the code by which somebody begins, once. The other person has the other half. */
export const HalfModal = ({ handed, onClose }: { handed: HandedHalf; onClose: () => void }) => {
  const { t } = useTranslation()
  const { change, activation } = handed
  const rows: [string, string][] = [
    [t('operators.username'), change.username],
    [t(`operators.halves.${activation.position}`), activation.half],
  ]
  return (
    <Modal
      open
      title={t('operators.halfTitle')}
      mask={{ closable: false }}
      keyboard={false}
      closable={false}
      className="half"
      footer={
        <div className="no-print">
          <Button onClick={() => window.print()}>{t('app.action.print')}</Button>{' '}
          <Button type="primary" onClick={onClose}>
            {t('operators.halfSeen')}
          </Button>
        </div>
      }
    >
      <Alert
        type="warning"
        title={t('operators.halfWarn')}
        className="no-print"
        style={{ marginBottom: 16 }}
      />
      <p>
        <b>{change.displayName}</b> · {change.organisation}
      </p>
      <dl data-testid="activation-half">
        {rows.map(([label, value]) => (
          <div key={label} className="half-row">
            <dt>{label}</dt>
            <dd>
              <Typography.Text copyable className="code-text">
                {value}
              </Typography.Text>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('operators.halfHow', { address: `${window.location.origin}/console/activate` })}</p>
      {activation.expiresAt && (
        <p className="quiet">{t('operators.halfUntil', { at: formatInstant(activation.expiresAt) })}</p>
      )}
    </Modal>
  )
}
