import type { Call } from '@jiankangbao/contracts/schemas'
import { Alert, Button, Modal, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { QrPicture } from '../../ui/qr-picture.tsx'
import './secrets.css'

export type Secrets = Call<'createOperator'>['result']

/** First password and one-time key, once. The QR code is drawn here: the key goes nowhere else. */
export const SecretsModal = ({ secrets, onClose }: { secrets: Secrets; onClose: () => void }) => {
  const { t } = useTranslation()
  const { operator, initialPassword, totpSecret, totpUri } = secrets
  const rows: [string, string][] = [
    [t('operators.username'), operator.username],
    [t('operators.initialPassword'), initialPassword],
    [t('operators.totpSecret'), totpSecret],
  ]
  return (
    <Modal
      open
      title={t('operators.secretsTitle')}
      mask={{ closable: false }}
      keyboard={false}
      closable={false}
      className="secrets"
      footer={
        <div className="no-print">
          <Button onClick={() => window.print()}>{t('app.action.print')}</Button>{' '}
          <Button type="primary" onClick={onClose}>
            {t('operators.secretsSeen')}
          </Button>
        </div>
      }
    >
      <Alert
        type="warning"
        title={t('operators.secretsWarn')}
        className="no-print"
        style={{ marginBottom: 16 }}
      />
      <p>
        <b>{operator.displayName}</b> · {operator.organisation}
      </p>
      <dl data-testid="operator-secrets">
        {rows.map(([label, value]) => (
          <div key={label} className="secrets-row">
            <dt>{label}</dt>
            <dd>
              <Typography.Text copyable className="code-text">
                {value}
              </Typography.Text>
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('operators.totpScan')}</p>
      <QrPicture text={totpUri} label={t('operators.totpScan')} width={220} />
    </Modal>
  )
}
