import { Form, Input, Modal } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../ui/problem.tsx'

interface Props {
  open: boolean
  title: string
  hint: string
  least: number
  action: { mutate: (words: string) => void; isPending: boolean; error: unknown }
  onClose: () => void
}

/** Words for the caller or for colleagues. What was typed stays until it is sent. */
export const WordsModal = ({ open, title, hint, least, action, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ words: string }>()
  const name = useId()
  return (
    <Modal
      open={open}
      title={title}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={action.isPending}
      afterClose={() => form.resetFields()}
      forceRender
    >
      <Problem error={action.error} />
      <Form form={form} name={name} layout="vertical" onFinish={({ words }) => action.mutate(words.trim())}>
        <Form.Item
          name="words"
          label={t('tickets.words')}
          extra={hint}
          rules={[{ required: true, whitespace: true, min: least, max: 1000, message: hint }]}
        >
          <Input.TextArea rows={6} maxLength={1000} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
