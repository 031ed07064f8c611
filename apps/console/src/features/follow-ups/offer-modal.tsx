import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { Alert, Form, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { RowProblem } from './row-problem.tsx'
import { requireDone } from './rows-done.ts'

/** Offers somebody to another division, as this page saw them. */
export const OfferModal = ({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ to: string }>()
  const [requestId] = useState(() => crypto.randomUUID())
  const { followUpId, version } = followUp
  const offering = useAction({
    run: async (toDivisionCode: string) =>
      requireDone(
        await call('offerFollowUps', {
          body: { requestId, rows: [{ followUpId, version }], toDivisionCode },
        }),
      ),
    refresh: [['follow-ups']],
    done: t('app.action.done'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('followUps.offer')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      confirmLoading={offering.isPending}
    >
      <Alert type="info" title={t('followUps.offerHint')} style={{ marginBottom: 16 }} />
      <RowProblem error={offering.error} />
      <Form<{ to: string }> form={form} layout="vertical" onFinish={({ to }) => offering.mutate(to)}>
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
