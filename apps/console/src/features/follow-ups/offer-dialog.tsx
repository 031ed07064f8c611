import { Alert, Form, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DivisionField } from '../../ui/tree-fields.tsx'

interface Props {
  title: string
  problem: ReactNode
  busy: boolean
  onOffer: (toDivisionCode: string) => void
  onClose: () => void
}

/** Asks to which division somebody, or many, are handed over. */
export const OfferDialog = ({ title, problem, busy, onOffer, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ to: string }>()
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      confirmLoading={busy}
    >
      <Alert type="info" title={t('followUps.offerHint')} style={{ marginBottom: 16 }} />
      {problem}
      <Form<{ to: string }> form={form} layout="vertical" onFinish={({ to }) => onOffer(to)}>
        <Form.Item
          name="to"
          label={t('followUps.offerTo')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <DivisionField placeholder={t('followUps.offerTo')} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
