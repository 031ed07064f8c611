import { Button, Drawer, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { type CalledTicketValues, TicketFields } from '../../ui/ticket-fields.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Props {
  /** The number that was searched for. */
  phone: string | undefined
  open: boolean
  onClose: () => void
}

/** A ticket written down while the caller is on the line; the desk stays open behind it. */
export const NewTicketDrawer = ({ phone, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<CalledTicketValues>()
  const [requestId, setRequestId] = useState(createRequestId)
  const [number, setNumber] = useState<string>()
  const recording = useAction({
    run: (values: CalledTicketValues) => call('recordTicket', { body: { ...values, requestId } }),
    refresh: [['tickets'], ['hotline', 'desk']],
    done: t('tickets.recorded'),
    onDone: (made) => {
      setNumber(made.number)
      setRequestId(createRequestId())
      form.resetFields()
    },
  })
  const close = () => {
    setNumber(undefined)
    onClose()
  }
  return (
    <Drawer open={open} title={t('tickets.record')} onClose={close} size={520} destroyOnHidden>
      {number && <p data-testid="made-number">{t('hotline.madeTicket', { number })}</p>}
      <Problem error={recording.error} hideFields />
      <Form
        form={form}
        name="hotline-ticket"
        layout="vertical"
        initialValues={{ kind: 'question', ...(phone ? { phone } : {}) }}
        onFinish={(values) =>
          recording.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
        }
      >
        <TicketFields form={form} />
        <Button type="primary" htmlType="submit" loading={recording.isPending}>
          {t('tickets.save')}
        </Button>
      </Form>
    </Drawer>
  )
}
