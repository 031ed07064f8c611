import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { DOCUMENT_TYPES } from '@jiankangbao/domain/written/document-types'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { wordReason } from '../api/error-words.ts'

/** Document type and number as form fields `document.type` and `document.number`, checked as the law has them. */
export const DocumentFields = () => {
  const { t } = useTranslation()
  const form = Form.useFormInstance<{ document: { type: DocumentType; number: string } }>()
  return (
    <>
      <Form.Item name={['document', 'type']} label={t('people.documentType')} initialValue="resident_id">
        <Select
          options={DOCUMENT_TYPES.map((type) => ({ value: type, label: t(`domain.documentTypes.${type}`) }))}
          onChange={() => void form.validateFields([['document', 'number']]).catch(() => undefined)}
        />
      </Form.Item>
      <Form.Item
        name={['document', 'number']}
        label={t('people.documentNumber')}
        validateTrigger="onBlur"
        rules={[
          { required: true, message: t('app.action.required') },
          {
            validator: (_, value: string | undefined) => {
              const type = form.getFieldValue(['document', 'type']) as DocumentType
              const parsed = parseDocumentNumber(type, value ?? '', { todayOn: shanghaiDayOf(Date.now()) })
              if (!value || parsed.ok) return Promise.resolve()
              return Promise.reject(new Error(wordReason(t, parsed.reason)))
            },
          },
        ]}
      >
        <Input maxLength={60} autoComplete="off" className="code-text" />
      </Form.Item>
    </>
  )
}
