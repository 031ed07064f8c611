import { ApiError } from '@jiankangbao/api-client/client'
import type { FormInstance } from 'antd'
import type { TFunction } from 'i18next'
import { wordReason } from '../api/error-words.ts'

/** Shows the fields that the server refused beside their inputs; `document.number` finds `['document','number']`. */
export const showFieldErrors = (form: FormInstance, t: TFunction, error: unknown): void => {
  if (!(error instanceof ApiError)) return
  const fields = error.fields.map(({ field, reason }) => ({
    name: field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    errors: [wordReason(t, reason)],
  }))
  form.setFields(fields)
  const first = fields[0]
  if (first) form.scrollToField(first.name, { focus: true })
}
