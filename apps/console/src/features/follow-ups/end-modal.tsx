import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { FOLLOW_UP_ENDS_BY_HAND } from '@jiankangbao/domain/vocabulary/follow-ups'
import { Alert, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  as: (typeof FOLLOW_UP_ENDS_BY_HAND)[number]
  note: string
}

/** What does not end by itself; never without words. */
export const EndModal = ({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(() => crypto.randomUUID())
  const { followUpId, version, overdue } = followUp
  const ending = useAction({
    run: ({ as, note }: Values) =>
      call('endFollowUp', { params: { followUpId }, body: { requestId, version, as, note: note.trim() } }),
    refresh: [['follow-ups']],
    done: t('app.action.done'),
    onDone: onClose,
  })
  const ends = FOLLOW_UP_ENDS_BY_HAND.filter((each) => each !== 'overdue' || overdue)
  return (
    <Modal
      open
      title={t('followUps.end')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      okButtonProps={{ danger: true }}
      confirmLoading={ending.isPending}
    >
      <Alert type="warning" title={t('followUps.endHint')} style={{ marginBottom: 16 }} />
      <Problem error={ending.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ as: overdue ? 'overdue' : 'lost' }}
        onFinish={(values) => ending.mutate(values)}
      >
        <Form.Item name="as" label={t('followUps.endAs')}>
          <Radio.Group
            options={ends.map((each) => ({ value: each, label: t(`followUps.states.${each}`) }))}
          />
        </Form.Item>
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
