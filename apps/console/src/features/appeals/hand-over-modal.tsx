import type { OfficeAppeal } from '@jiankangbao/contracts/appeal/schemas'
import { Alert, Form, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { pathTo } from '../../path-to.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  divisionCode: string
  note: string
}
interface Props {
  appeal: OfficeAppeal
  open: boolean
  onClose: () => void
}

/** To the offices of another division, with a note for them. */
export const HandOverModal = ({ appeal, open, onClose }: Props) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const handing = useAction({
    run: (body: Values) => call('handOverAppeal', { params: { appealId: appeal.appealId }, body }),
    refresh: [['appeals', 'list']],
    done: t('appeals.handedOver'),
    onDone: () => void navigate(pathTo('/appeals')),
  })
  return (
    <Modal
      open={open}
      title={t('appeals.handOver')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={handing.isPending}
      forceRender
    >
      <Alert type="warning" title={t('appeals.handOverWarn')} style={{ marginBottom: 16 }} />
      <Problem error={handing.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) => handing.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item
          name="divisionCode"
          label={t('appeals.division')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <DivisionField />
        </Form.Item>
        <ReasonField name="note" label={t('appeals.handOverNote')} />
      </Form>
    </Modal>
  )
}
