import type { Call } from '@jiankangbao/contracts/schemas'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { Button, Form, type FormInstance, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { DocumentFields } from './document-fields.tsx'
import { isOutside, OutsideFields, type OutsideValues, toOutside } from './outside-fields.tsx'
import { Problem } from './problem.tsx'
import { PurposeField } from './purpose-field.tsx'
import { useAction } from './use-action.ts'

type Search = Call<'searchPerson'>['body']
export interface PersonSearchValues extends OutsideValues {
  by?: 'document' | 'phone'
  document?: Search['document']
  phone?: string
  purpose: string
}

export const usePersonSearch = () =>
  useAction({
    run: ({ document, phone, purpose, ...outside }: PersonSearchValues) =>
      call('searchPerson', {
        body: {
          purpose: purpose.trim(),
          ...(phone ? { phone } : document ? { document } : {}),
          ...toOutside(outside),
        },
      }),
    refresh: [],
  })

interface FormProps {
  /** By what one searches first. */
  first?: 'document' | 'phone'
  busy: boolean
  error: unknown
  onSearch: (values: PersonSearchValues, form: FormInstance<PersonSearchValues>) => void
}

/** An exact document or phone, and a purpose that is logged and that the person sees. */
export const PersonSearchForm = ({ first = 'document', busy, error, onSearch }: FormProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<PersonSearchValues>()
  const [by, setBy] = useState(first)
  return (
    <div className="panel" style={{ maxWidth: 640 }}>
      <Segmented
        value={by}
        onChange={setBy}
        style={{ marginBottom: 16 }}
        options={[
          { value: 'document', label: t('people.byDocument') },
          { value: 'phone', label: t('people.byPhone') },
        ]}
      />
      <Form form={form} layout="vertical" onFinish={(values) => onSearch(values, form)}>
        {by === 'document' ? <DocumentFields /> : <PhoneField />}
        <PurposeField />
        {isOutside(error) && <OutsideFields />}
        <Problem error={error} hideFields />
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('app.action.search')}
        </Button>
      </Form>
    </div>
  )
}

const PhoneField = () => {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="phone"
      label={t('people.phone')}
      validateTrigger="onBlur"
      rules={[
        { required: true, message: t('app.action.required') },
        {
          validator: (_, value: string | undefined) =>
            !value || parsePhone(value).ok
              ? Promise.resolve()
              : Promise.reject(new Error(t('reasons.format'))),
        },
      ]}
    >
      <Input maxLength={24} inputMode="tel" autoComplete="off" />
    </Form.Item>
  )
}
