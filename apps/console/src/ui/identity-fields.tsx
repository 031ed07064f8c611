import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { COUNTRY_NAMES } from '@jiankangbao/domain/place/country-names'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { DOCUMENT_TYPES } from '@jiankangbao/domain/written/document-types'
import { parsePersonName } from '@jiankangbao/domain/written/person-name'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { wordReason } from '../api/error-words.ts'
import { useTexts } from '../locales/i18n.ts'

export interface IdentityValues {
  name: string
  documentType: DocumentType
  documentNumber: string
  country?: string
  birthOn?: string
}

/** Whose number says the birth date; of others it is asked. */
const saysBirth = (type: DocumentType | undefined): boolean =>
  type === undefined || type === 'resident_id' || type === 'foreign_permanent_resident'

/** Of a form, without what its document does not need. */
export const toIdentity = (values: IdentityValues) => ({
  name: values.name.trim(),
  documentType: values.documentType,
  documentNumber: values.documentNumber.trim(),
  ...(values.documentType === 'passport' && values.country ? { country: values.country } : {}),
  ...(values.birthOn && values.documentType !== 'resident_id' ? { birthOn: values.birthOn } : {}),
})

/** Name and document of a person as form fields under `part`, checked as the law has them. */
export const IdentityFields = ({ part }: { part: string }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const form = Form.useFormInstance()
  const type = Form.useWatch<DocumentType | undefined>([part, 'documentType'], form)
  const required = { required: true, message: t('app.action.required') }
  const refuse = (reason: string) => Promise.reject(new Error(wordReason(t, reason)))
  return (
    <div className="field-row">
      <Form.Item
        name={[part, 'name']}
        label={t('identityFields.name')}
        validateTrigger="onBlur"
        rules={[
          required,
          {
            validator: (_, value: string | undefined) => {
              const parsed = parsePersonName(value ?? '')
              return !value || parsed.ok ? Promise.resolve() : refuse(parsed.reason)
            },
          },
        ]}
      >
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name={[part, 'documentType']}
        label={t('identityFields.documentType')}
        initialValue="resident_id"
      >
        <Select
          options={DOCUMENT_TYPES.map((value) => ({ value, label: t(`domain.documentTypes.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name={[part, 'documentNumber']}
        label={t('identityFields.documentNumber')}
        validateTrigger="onBlur"
        rules={[
          required,
          {
            validator: (_, value: string | undefined) => {
              const parsed = parseDocumentNumber(type ?? 'resident_id', value ?? '', {
                todayOn: shanghaiDayOf(Date.now()),
              })
              return !value || parsed.ok ? Promise.resolve() : refuse(parsed.reason)
            },
          },
        ]}
      >
        <Input maxLength={60} autoComplete="off" className="code-text" />
      </Form.Item>
      {type === 'passport' && (
        <Form.Item name={[part, 'country']} label={t('identityFields.country')} rules={[required]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              ...COUNTRY_NAMES.map(([value, zh, en]) => ({ value, label: `${read({ zh, en })} ${value}` })),
              { value: 'CHN', label: t('identityFields.china') },
            ]}
          />
        </Form.Item>
      )}
      {!saysBirth(type) && (
        <Form.Item name={[part, 'birthOn']} label={t('identityFields.birthOn')} rules={[required]}>
          <Input type="date" min="1880-01-01" max={shanghaiDayOf(Date.now())} />
        </Form.Item>
      )}
    </div>
  )
}
