import type { OfficeAppeal } from '@jiankangbao/contracts/appeal/schemas'
import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Props {
  appeal: OfficeAppeal
  open: boolean
  onClose: () => void
}

/** Leaves the colour as it is and tells the citizen why. */
export const AnswerModal = ({ appeal, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ answer: string }>()
  const answering = useAction({
    run: (answer: string) =>
      call('answerAppeal', { params: { appealId: appeal.appealId }, body: { answer } }),
    refresh: [['appeals']],
    done: t('appeals.answered'),
    onDone: onClose,
  })
  return (
    <Modal
      open={open}
      title={t('appeals.answerTitle')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={answering.isPending}
      forceRender
    >
      <Problem error={answering.error} />
      <Form form={form} layout="vertical" onFinish={({ answer }) => answering.mutate(answer.trim())}>
        <Form.Item
          name="answer"
          label={t('appeals.answer')}
          extra={t('appeals.answerHint')}
          rules={[{ required: true, whitespace: true, min: 10, max: 1000, message: t('appeals.answerHint') }]}
        >
          <Input.TextArea rows={6} maxLength={1000} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
