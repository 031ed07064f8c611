import { Alert, Form, Modal } from 'antd'
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
  evidence: string
}
interface Props {
  ticketId: string
  personId: string
  open: boolean
  onClose: () => void
}

/** The identity as it is on the document, whole; what differs is put right once a second person agrees. */
export const CorrectModal = ({ ticketId, personId, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId, setRequestId] = useState(createRequestId)
  const proposing = useAction({
    run: ({ identity, evidence }: Values) =>
      call('proposeCorrection', {
        body: { requestId, ticketId, personId, identity: toIdentity(identity), evidence: evidence.trim() },
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
        <IdentityFields part="identity" />
        <ReasonField name="evidence" label={t('tickets.correction.evidence')} />
      </Form>
    </Modal>
  )
}
