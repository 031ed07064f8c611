import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { Alert, Checkbox, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { IdentityFields, type IdentityValues, toIdentity } from '../../ui/identity-fields.tsx'
import { Problem } from '../../ui/problem.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  identity: IdentityValues
  phone?: string
  forFamily?: boolean
  evidence: string
}
interface Props {
  ticket: OfficeTicket
  open: boolean
  onClose: () => void
}

/** The identity as it is on the document, whole; what differs is put right once a second person agrees. */
export const CorrectModal = ({ ticket: { ticketId, personId, channel }, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId, setRequestId] = useState(createRequestId)
  const proposing = useAction({
    run: ({ identity, phone = '', forFamily, evidence }: Values) =>
      call('proposeCorrection', {
        body: {
          ...{ requestId, ticketId, identity: toIdentity(identity), evidence: evidence.trim() },
          ...(personId === undefined || forFamily ? {} : { personId }),
          ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
        },
      }),
    refresh: [['corrections'], ['identity-changes']],
    done: t('tickets.correction.proposed'),
    onDone: () => {
      setRequestId(createRequestId())
      onClose()
    },
  })
  return (
    <Modal
      open={open}
      title={t('tickets.correction.propose')}
      width={720}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={proposing.isPending}
      afterClose={() => form.resetFields()}
    >
      <Alert type="info" title={t('tickets.correction.hint')} style={{ marginBottom: 16 }} />
      <Problem error={proposing.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        name="correction"
        onFinish={(values) =>
          proposing.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
        }
      >
        {channel === 'call' && personId !== undefined && (
          <Form.Item name="forFamily" valuePropName="checked">
            <Checkbox>{t('tickets.correction.forFamily')}</Checkbox>
          </Form.Item>
        )}
        <IdentityFields part="identity" />
        <Form.Item name="phone" label={t('tickets.correction.phone')}>
          <Input inputMode="tel" maxLength={40} autoComplete="off" />
        </Form.Item>
        <ReasonField name="evidence" label={t('tickets.correction.evidence')} />
      </Form>
    </Modal>
  )
}
