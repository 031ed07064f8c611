import type { PaperCode } from '@jiankangbao/contracts/code/schemas'
import type { CounterActEntry } from '@jiankangbao/contracts/counter/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { clientConfigQuery } from '../../api/client-config.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useTexts } from '../../locales/i18n.ts'
import { Problem } from '../../ui/problem.tsx'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { useAction } from '../../ui/use-action.ts'
import './counter.css'

/** Makes the paper code of somebody whom an office registered, and prints it. An earlier one ends. */
export const PaperModal = ({ act, onClose }: { act: CounterActEntry; onClose: () => void }) => {
  const { t } = useTranslation()
  const [requestId] = useState(createRequestId)
  const make = useAction({
    run: () => call('printCounterPaperCode', { params: { actId: act.actId }, body: { requestId } }),
    refresh: [],
  })
  return (
    <Modal
      open
      title={`${t('counter.print')} · ${act.nameMasked}`}
      onCancel={onClose}
      className="counter-paper"
      width={520}
      footer={
        <div className="no-print">
          <Button onClick={onClose}>{t('app.action.close')}</Button>{' '}
          {make.data ? (
            <Button type="primary" onClick={() => window.print()}>
              {t('app.action.print')}
            </Button>
          ) : (
            <Button type="primary" loading={make.isPending} onClick={() => make.mutate()}>
              {t('counter.make')}
            </Button>
          )}
        </div>
      }
    >
      {!make.data && <p>{t('counter.printHint')}</p>}
      {act.doubted && (
        <Alert
          type="warning"
          title={t('counter.doubtedHint')}
          className="no-print"
          style={{ marginBottom: 16 }}
        />
      )}
      <Problem error={make.error} />
      {make.data && <Card code={make.data} />}
    </Modal>
  )
}

/** The card as it comes out of the printer: A6, black on white, as citizens print it. */
const Card = ({ code }: { code: PaperCode }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const { data: config } = useQuery(clientConfigQuery)
  return (
    <section className="paper-card" data-testid="paper-card" aria-label={t('counter.paper.title')}>
      <p>
        {config && read(config.cityName)} {t('counter.paper.brand')}
      </p>
      <h2>{t('counter.paper.title')}</h2>
      <QrPicture text={code.qrText} label={t('counter.paper.title')} width="66mm" />
      <p className="paper-card-name">{code.nameMasked}</p>
      <p>{t('counter.paper.issued', { on: code.issuedOn })}</p>
      <p>
        <b>{t('counter.paper.valid', { on: code.validUntil })}</b>
      </p>
      <p className="paper-card-notice">{t('counter.paper.notice')}</p>
      <p>{config && t('counter.paper.hotline', { hotline: config.hotline })}</p>
    </section>
  )
}
