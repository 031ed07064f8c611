import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { Alert, Form, Input, Modal } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  divisionCode: string
  note?: string
}
interface Props {
  ticket: OfficeTicket
  how: 'dispatch' | 'arbitrate'
  open: boolean
  onClose: () => void
}

/** To the offices of a division: by the hotline, or by the arbiter, after whom nobody sends it back. */
export const GiveModal = ({ ticket, how, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const name = useId()
  const params = { ticketId: ticket.ticketId }
  const giving = useAction({
    run: ({ divisionCode, note = '' }: Values) =>
      how === 'arbitrate'
        ? call('arbitrateTicket', { params, body: { divisionCode, reason: note } })
        : call('dispatchTicket', { params, body: { divisionCode, ...(note ? { note } : {}) } }),
    refresh: [['tickets']],
    done: t('tickets.dispatched'),
    onDone: onClose,
  })
  const warning = t(how === 'arbitrate' ? 'tickets.arbitrateWarn' : 'tickets.dispatchWarn')
  const required = { required: true, message: t('app.action.required') }
  return (
    <Modal
      open={open}
      title={t(`tickets.acts.${how}`)}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={giving.isPending}
      forceRender
    >
      <Alert type="info" title={warning} style={{ marginBottom: 16 }} />
      <Problem error={giving.error} hideFields />
      <Form
        form={form}
        name={name}
        layout="vertical"
        initialValues={{ divisionCode: ticket.assignedCode ?? ticket.divisionCode }}
        onFinish={(values) => giving.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item name="divisionCode" label={t('tickets.toOffices')} rules={[required]}>
          <DivisionField />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('tickets.forOffice')}
          rules={how === 'arbitrate' ? [{ ...required, min: 2, whitespace: true }] : []}
        >
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
