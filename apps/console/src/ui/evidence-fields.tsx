import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { parseLocalInput, toLocalInput } from '../api/instants.ts'

/** An instant in Asia/Shanghai, typed or picked; not in the future. */
export const InstantField = ({ name, label }: { name: string; label: string }) => {
  const { t } = useTranslation()
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[
        { required: true, message: t('app.action.required') },
        {
          validator: (_, value: string | undefined) => {
            const instant = parseLocalInput(value ?? '')
            const isFuture = instant !== undefined && Date.parse(instant) > Date.now() + 60_000
            return isFuture ? Promise.reject(new Error(t('reasons.future'))) : Promise.resolve()
          },
        },
      ]}
    >
      <Input type="datetime-local" max={toLocalInput(Date.now() + 60_000)} style={{ width: 240 }} />
    </Form.Item>
  )
}

/** What proves it, in words that go on record. Name of the form field: `evidence`. */
export const EvidenceField = () => {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="evidence"
      label={t('people.evidence')}
      rules={[
        { required: true, min: 4, max: 500, whitespace: true, message: t('app.action.tooShort', { min: 4 }) },
      ]}
    >
      <Input.TextArea rows={3} maxLength={500} showCount placeholder={t('people.evidenceHint')} />
    </Form.Item>
  )
}
