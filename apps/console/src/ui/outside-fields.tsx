import { ApiError } from '@jiankangbao/api-client/client'
import { Alert, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { ReasonField } from './reason-field.tsx'

/** What is asked of whoever opens somebody of another division. */
export interface OutsideValues {
  reason?: string
  caseNumber?: string
}

export const isOutside = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'OUT_OF_DIVISION'

/** As the request carries it: nothing where it was not asked. */
export const toOutside = ({ reason, caseNumber }: OutsideValues): OutsideValues =>
  reason && caseNumber ? { reason: reason.trim(), caseNumber: caseNumber.trim() } : {}

/** Appears once the server has said that the person belongs to another division; the auditor hears of it. */
export const OutsideFields = () => {
  const { t } = useTranslation()
  return (
    <div data-testid="outside">
      <Alert type="warning" showIcon title={t('people.outside')} style={{ marginBottom: 16 }} />
      <ReasonField rows={2} telling />
      <Form.Item
        name="caseNumber"
        label={t('people.caseNumber')}
        rules={[{ required: true, min: 3, max: 60, pattern: /[0-9]/, message: t('people.caseNumberHint') }]}
      >
        <Input maxLength={60} placeholder={t('people.caseNumberHint')} autoComplete="off" />
      </Form.Item>
    </div>
  )
}
