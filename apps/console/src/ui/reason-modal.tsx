import { Alert, Form, Modal } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from './problem.tsx'
import { PurposeField } from './purpose-field.tsx'
import { ReasonField } from './reason-field.tsx'

interface Props {
  open: boolean
  title: string
  warning?: string
  /** A look needs a purpose of the list, an act a reason. */
  asks?: 'reason' | 'purpose'
  /** Words of the field; "reason" where not given. */
  label?: string
  danger?: boolean
  /** Further fields above the reason. */
  first?: ReactNode
  busy: boolean
  error: unknown
  submitText?: string
  onSubmit: (reason: string) => void
  onClose: () => void
}

/** Asks for a reason before something that goes on record. What was typed stays until it is done. */
export const ReasonModal = (props: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ reason?: string; purpose?: string }>()
  // Several may stand in one page, open or not: a label belongs to one field only.
  const name = useId()
  const label = props.label ?? t('app.action.reason')
  return (
    <Modal
      open={props.open}
      title={props.title}
      onCancel={props.onClose}
      onOk={() => form.submit()}
      confirmLoading={props.busy}
      okText={props.submitText ?? t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      okButtonProps={{ danger: props.danger ?? false }}
      afterClose={() => form.resetFields()}
      forceRender
    >
      {props.warning && <Alert type="warning" title={props.warning} style={{ marginBottom: 16 }} />}
      <Problem error={props.error} />
      <Form
        form={form}
        name={name}
        layout="vertical"
        onFinish={({ reason, purpose }) => props.onSubmit((purpose ?? reason ?? '').trim())}
      >
        {props.first}
        {props.asks === 'purpose' ? (
          <PurposeField />
        ) : (
          <ReasonField label={label} placeholder={t('app.action.reasonHint')} />
        )}
      </Form>
    </Modal>
  )
}
