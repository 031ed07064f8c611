import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { TICKET_CALL_OUTCOMES, type TicketCallOutcome } from '@jiankangbao/domain/ticket/ticket'
import { Alert, Form, Input, Modal, Radio } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  outcome: TicketCallOutcome
  note?: string
}
interface Props {
  ticket: OfficeTicket
  open: boolean
  onClose: () => void
}

/** What the caller said when called back. */
export const CallModal = ({ ticket, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const name = useId()
  const calling = useAction({
    run: ({ outcome, note = '' }: Values) =>
      call('recordTicketCall', {
        params: { ticketId: ticket.ticketId },
        body: {
          requestId: createRequestId(),
          outcome,
          ...(note.trim().length > 1 ? { note: note.trim() } : {}),
        },
      }),
    refresh: [['tickets']],
    done: t('tickets.called'),
    onDone: onClose,
  })
  return (
    <Modal
      open={open}
      title={t('tickets.acts.call')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={calling.isPending}
      afterClose={() => form.resetFields()}
      forceRender
    >
      <Alert type="info" title={t('tickets.callHint')} style={{ marginBottom: 16 }} />
      <Problem error={calling.error} />
      <Form form={form} name={name} layout="vertical" onFinish={(values) => calling.mutate(values)}>
        <Form.Item
          name="outcome"
          label={t('tickets.outcome')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <Radio.Group
            options={TICKET_CALL_OUTCOMES.map((value) => ({ value, label: t(`tickets.outcomes.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="note" label={t('tickets.callNote')}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
