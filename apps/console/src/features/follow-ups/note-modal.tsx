import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Another note; it replaces none. */
export const NoteModal = ({ followUpIds, onClose }: { followUpIds: string[]; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ note: string }>()
  const [requestId] = useState(() => crypto.randomUUID())
  const noting = useAction({
    run: (note: string) => call('markFollowUps', { body: { requestId, followUpIds, note } }),
    refresh: [['follow-ups']],
    done: t('app.action.done'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('followUps.addNote')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      confirmLoading={noting.isPending}
    >
      <Problem error={noting.error} />
      <Form form={form} layout="vertical" onFinish={({ note }) => noting.mutate(note.trim())}>
        <Form.Item
          name="note"
          label={t('followUps.note')}
          rules={[{ required: true, whitespace: true, message: t('app.action.required') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
