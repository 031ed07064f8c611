import { saysNothing } from '@jiankangbao/domain/vocabulary/telling-text'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

interface Props {
  /** Of the form's value. */
  name?: string
  /** Words of the field; "reason" where not given. */
  label?: string
  rows?: number
  placeholder?: string
  /** It has to say which matter it is: of whoever opens somebody of another division. */
  telling?: boolean
}

/** Why something is done that goes on record: 2 to 300 characters, as the server asks of every reason. */
export const ReasonField = ({ name = 'reason', label, rows = 3, placeholder, telling = false }: Props) => {
  const { t } = useTranslation()
  const tellsSomething = (_: unknown, value: string | undefined) => {
    const nothing = telling && value ? saysNothing(value) : undefined
    return nothing ? Promise.reject(new Error(t(`people.nothingSaid.${nothing}`))) : Promise.resolve()
  }
  return (
    <Form.Item
      name={name}
      label={label ?? t('app.action.reason')}
      rules={[
        { required: true, min: 2, max: 300, whitespace: true, message: t('app.action.reasonHint') },
        { validator: tellsSomething, validateTrigger: 'onSubmit' },
      ]}
    >
      <Input.TextArea rows={rows} maxLength={300} {...(placeholder === undefined ? {} : { placeholder })} />
    </Form.Item>
  )
}
