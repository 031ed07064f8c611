import { Form, Input, Tag } from 'antd'
import { useTranslation } from 'react-i18next'

const common = ['flow', 'follow', 'appeal', 'hotline', 'paper', 'correct'] as const

/** The purpose of looking at a person: typed, or one of the usual ones. Name of the form field: `purpose`. */
export const PurposeField = () => {
  const { t } = useTranslation()
  const form = Form.useFormInstance<{ purpose: string }>()
  const chosen = Form.useWatch('purpose', form)
  return (
    <Form.Item label={t('people.purpose')} required tooltip={t('people.purposeHint')}>
      <div className="chips">
        {common.map((key) => {
          const words = t(`people.purposes.${key}`)
          return (
            <Tag.CheckableTag
              key={key}
              checked={chosen === words}
              onChange={() => form.setFieldsValue({ purpose: words })}
            >
              {words}
            </Tag.CheckableTag>
          )
        })}
      </div>
      <Form.Item
        name="purpose"
        noStyle
        rules={[{ required: true, min: 2, max: 200, whitespace: true, message: t('people.purposeHint') }]}
      >
        <Input placeholder={t('people.purposeHint')} aria-label={t('people.purpose')} maxLength={200} />
      </Form.Item>
    </Form.Item>
  )
}
