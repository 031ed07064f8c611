import type { Device } from '@jiankangbao/contracts/device/schemas'
import { Alert, Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { Problem } from '../../ui/problem.tsx'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Whether an instant lies behind, looked at every second. */
const useIsOver = (instant: string | undefined): boolean => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!instant) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [instant])
  return instant !== undefined && Date.parse(instant) <= now
}

/** The code by which the phone gets another key: shown here, read by the phone itself, good once and for minutes. */
export const RenewModal = ({ device, onClose }: { device: Device; onClose: () => void }) => {
  const { t } = useTranslation()
  const offer = useAction({
    run: () => call('offerReEnrolment', { params: { deviceId: device.deviceId } }),
    refresh: [],
  })
  const made = offer.data
  const isOver = useIsOver(made?.expiresAt)
  const link = made && `${window.location.origin}/console/enrol#${made.code}`
  return (
    <Modal
      open
      title={t('devices.renewTitle', { name: device.name })}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <>
          <Button
            type={made ? 'default' : 'primary'}
            loading={offer.isPending}
            onClick={() => offer.mutate(undefined)}
          >
            {t(made ? 'devices.renewAgain' : 'devices.renewShow')}
          </Button>
          <Button onClick={onClose}>{t('app.action.close')}</Button>
        </>
      }
    >
      <p>
        {device.venueName} · {device.pointName}
      </p>
      <Alert type="warning" title={t('devices.renewWarn')} style={{ marginBottom: 16 }} />
      <Problem error={offer.error} />
      {made && link && !isOver && (
        <div style={{ textAlign: 'center' }} data-testid="enrolment-code">
          <QrPicture text={link} label={t('devices.renewTitle', { name: device.name })} width={260} />
          <p>{t('devices.renewHow')}</p>
          <p className="quiet">{t('devices.renewUntil', { at: formatInstant(made.expiresAt) })}</p>
        </div>
      )}
      {isOver && <p role="status">{t('devices.renewOver')}</p>}
    </Modal>
  )
}
