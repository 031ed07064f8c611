import type { OfficeTicket } from '@jiankangbao/contracts/ticket/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Form, Input, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'
import { askedText } from './ticket-tags.tsx'

interface Props {
  ticket: OfficeTicket
  how: 'merge' | 'link'
  onClose: () => void
}
interface Values {
  other: string
  reason: string
}

/** What decides nothing: the ticket is answered by itself. */
const NO_APPEAL = 'none'

/** With which ticket of the person it is worked on, or which appeal decides it. */
export const JoinModal = ({ ticket: { ticketId, appeal }, how, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const at = { params: { ticketId } }
  const joining = useAction({
    run: ({ other, reason }: Values) =>
      how === 'merge'
        ? call('mergeTicket', { ...at, body: { into: other, reason } })
        : call('linkTicketAppeal', {
            ...at,
            body: { reason, ...(other === NO_APPEAL ? {} : { appealId: other }) },
          }),
    refresh: [['tickets']],
    done: t(`tickets.${how}.done`),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t(`tickets.acts.${how}`)}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={joining.isPending}
    >
      <Alert type="info" title={t(`tickets.${how}.hint`)} style={{ marginBottom: 16 }} />
      <Problem error={joining.error} />
      <Form
        form={form}
        name="join"
        layout="vertical"
        initialValues={how === 'link' ? { other: appeal?.appealId ?? NO_APPEAL } : {}}
        onFinish={(values) => joining.mutate({ ...values, reason: values.reason.trim() })}
      >
        <Form.Item
          name="other"
          label={t(how === 'merge' ? 'tickets.merge.into' : 'tickets.link.appeal')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <Others ticketId={ticketId} how={how} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('tickets.grounds')}
          rules={[
            { required: true, min: 2, max: 500, whitespace: true, message: t('app.action.reasonHint') },
          ]}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

interface OthersProps {
  ticketId: string
  how: Props['how']
  value?: string
  onChange?: (other: string) => void
}

const Others = ({ ticketId, how, value, onChange }: OthersProps) => {
  const { t } = useTranslation()
  // A look-up that the person sees: asked for once, when the dialog opens.
  const query = useQuery({
    queryKey: ['tickets', 'related', ticketId],
    queryFn: () => call('listRelatedTickets', { params: { ticketId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <QueryView query={query}>
      {({ tickets, appeals }) => {
        const open = tickets.filter(({ state, mergedInto }) => state !== 'closed' && !mergedInto)
        const ofTickets = open.map((each) => ({
          value: each.ticketId,
          label: `${each.number} ${askedText(t, each)} · ${formatInstant(each.submittedAt)}`,
        }))
        const ofAppeals = [
          { value: NO_APPEAL, label: t('tickets.link.none') },
          ...appeals.map(({ appealId, category, state, submittedAt }) => ({
            value: appealId,
            label: `${wordCategory(t, category)} · ${t(`appeals.states.${state}`)} · ${formatInstant(submittedAt)}`,
          })),
        ]
        if (how === 'merge' && open.length === 0) return <p className="quiet">{t('tickets.merge.none')}</p>
        return (
          <Radio.Group
            vertical
            value={value}
            options={how === 'merge' ? ofTickets : ofAppeals}
            onChange={({ target }) => onChange?.(target.value)}
          />
        )
      }}
    </QueryView>
  )
}
